"""What is said of providers, the way to them, and what they answer."""

from __future__ import annotations

from typing import Final

from iaposte_desktop.application.common_sentences import RETRY, Sentence

PROVIDER_SENTENCES: Final[dict[str, Sentence]] = {
    "provider": (("The model’s provider failed.", "Le fournisseur du modèle a échoué."), RETRY),
    "provider_unavailable": (
        ("The provider cannot be reached.", "Le fournisseur est injoignable."),
        ("Check the connection, then try again.", "Vérifiez la connexion, puis réessayez."),
    ),
    "provider_unavailable.dns": (
        ("The server’s name[ {detail}] was not found.", "Le nom du serveur[ {detail}] est introuvable."),
        (
            "Check that this machine is online, and the address in Settings → Connections.",
            "Vérifiez que cette machine est en ligne, et l’adresse dans Paramètres → Connexions.",
        ),
    ),
    "provider_unavailable.refused": (
        ("No server answers at the address[ {detail}].", "Aucun serveur ne répond à l’adresse[ {detail}]."),
        (
            "Check that the server is running, and the address in Settings → Connections.",
            "Vérifiez que le serveur est en marche, et l’adresse dans Paramètres → Connexions.",
        ),
    ),
    "provider_unavailable.proxy": (
        (
            "The proxy[ {detail}] cannot be used, or does not let the request through.",
            "Le proxy[ {detail}] est inutilisable, ou ne laisse pas passer la demande.",
        ),
        (
            "Check it in Settings → Connections → Advanced, or ask who runs your network.",
            "Vérifiez-le dans Paramètres → Connexions → Avancé, ou demandez à qui gère votre réseau.",
        ),
    ),
    "provider_unavailable.certificate": (
        (
            "The server’s certificate is not trusted[ ({detail})].",
            "Le certificat du serveur n’est pas reconnu[ ({detail})].",
        ),
        (
            "If your company inspects its traffic, give its root certificate as CA file in Settings → Connections → "
            "Advanced; else do not trust this network.",
            "Si votre entreprise inspecte son trafic, donnez son certificat racine (fichier d’AC) dans Paramètres → "
            "Connexions → Avancé ; sinon, méfiez-vous de ce réseau.",
        ),
    ),
    "provider_unavailable.clock": (
        (
            "By this machine’s clock the server’s certificate is not valid yet.",
            "D’après l’horloge de cette machine, le certificat du serveur n’est pas encore valable.",
        ),
        ("Set the date and the time, then try again.", "Réglez la date et l’heure, puis réessayez."),
    ),
    "provider_unavailable.time_limit": (
        ("The server took too long[ ({detail})].", "Le serveur a mis trop de temps[ ({detail})]."),
        (
            "Try again later; if it lasts, look at the network or the proxy.",
            "Réessayez plus tard ; si cela dure, voyez le réseau ou le proxy.",
        ),
    ),
    "provider_unavailable.captive_portal": (
        (
            "A web page answered in place of the server: perhaps this network asks you to sign in.",
            "Une page web a répondu à la place du serveur : ce réseau demande peut-être de s’identifier.",
        ),
        (
            "Sign in with a browser, then try again; else check the address in Settings → Connections.",
            "Identifiez-vous dans un navigateur, puis réessayez ; sinon, vérifiez la connexion dans les paramètres.",
        ),
    ),
    "provider_unavailable.not_an_api": (
        ("What answers at this address is no API.", "Ce qui répond à cette adresse n’est pas une API."),
        (
            "Check the address in Settings → Connections: it often ends in /v1.",
            "Vérifiez l’adresse dans Paramètres → Connexions : elle finit souvent par /v1.",
        ),
    ),
    "provider_unavailable.redirected": (
        (
            "The server points to another address[ ({detail})], which was not followed.",
            "Le serveur renvoie vers une autre adresse[ ({detail})], qui n’a pas été suivie.",
        ),
        (
            "If you trust that address, write it in Settings → Connections.",
            "Si cette adresse est sûre, écrivez-la dans Paramètres → Connexions.",
        ),
    ),
    "provider_unavailable.busy": (
        ("The server is overloaded[: {detail}].", "Le serveur est surchargé[ : {detail}]."),
        ("Try again in a moment.", "Réessayez dans un instant."),
    ),
    "provider_unavailable.failed": (
        ("The server met an error of its own[: {detail}].", "Le serveur a rencontré une erreur interne[ : {detail}]."),
        ("Try again later.", "Réessayez plus tard."),
    ),
    "key_missing": (
        ("This connection has no key.", "Cette connexion n’a pas de clé."),
        ("Enter it in Settings → Connections.", "Saisissez-la dans Paramètres → Connexions."),
    ),
    "key_refused": (
        ("The server refused the key.", "Le serveur a refusé la clé."),
        (
            "Enter a valid one in Settings → Connections.",
            "Saisissez une clé valable dans Paramètres → Connexions.",
        ),
    ),
    "rate_limited": (
        ("Too much was asked at once[: {detail}].", "Trop de demandes à la fois[ : {detail}]."),
        ("Wait a minute, then try again.", "Attendez une minute, puis réessayez."),
    ),
    "quota_exhausted": (
        ("The account has no credit left[: {detail}].", "Le compte n’a plus de crédit[ : {detail}]."),
        (
            "Add credit at your provider, or choose another model; waiting does not help.",
            "Ajoutez du crédit chez votre fournisseur, ou choisissez un autre modèle ; attendre ne sert à rien.",
        ),
    ),
    "api_ended": (
        (
            "The server no longer speaks the protocol of this connection.",
            "Le serveur ne parle plus le protocole de cette connexion.",
        ),
        (
            "Switch it to Responses in Settings → Connections.",
            "Passez-la à Responses dans Paramètres → Connexions.",
        ),
    ),
    "request_refused": (
        ("The server refused the request[: {detail}].", "Le serveur a refusé la demande[ : {detail}]."),
        (
            "Check the assistant’s model and limits, then the connection in Settings.",
            "Vérifiez le modèle et les limites de l’assistant, puis la connexion dans les paramètres.",
        ),
    ),
    "model_gone": (
        ("The assistant’s model is not available.", "Le modèle de l’assistant n’est pas disponible."),
        ("Choose another model in the assistant.", "Choisissez un autre modèle dans l’assistant."),
    ),
    "answer_unusable": (("The answer could not be read.", "La réponse n’a pas pu être lue."), RETRY),
    "stream_cut": (
        ("The answer was cut off; its text so far is kept.", "La réponse a été coupée ; le texte reçu est gardé."),
        RETRY,
    ),
}
