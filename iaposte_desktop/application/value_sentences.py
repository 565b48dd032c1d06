"""What is said of values that are not valid."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from iaposte_desktop.application.common_sentences import Sentence

VALUE_SENTENCES: Final[dict[str, Sentence]] = {
    "invalid_value": (("A value is not valid.", "Une valeur n’est pas valable."), ("Correct it.", "Corrigez-la.")),
    "invalid_value.name": (
        ("The name is empty or too long.", "Le nom est vide ou trop long."),
        ("Use 1 to 256 characters.", "Donnez de 1 à 256 caractères."),
    ),
    "invalid_value.metadata": (
        ("The metadata is beyond its limits.", "Les métadonnées dépassent leurs limites."),
        (
            "At most 16 pairs, keys of 64 and values of 512 characters.",
            "Au plus 16 paires, des clés de 64 et des valeurs de 512 caractères.",
        ),
    ),
    "invalid_value.expires_after": (
        ("The expiry is out of range.", "La durée d’expiration est hors limites."),
        ("Use 1 to 365 days.", "Donnez de 1 à 365 jours."),
    ),
    "invalid_value.synonyms": (
        (
            "A group of synonyms cannot be used[: {detail}].",
            "Un groupe de synonymes ne peut pas être utilisé[ : {detail}].",
        ),
        (
            "Write 2 to 12 single words, with commas between them.",
            "Écrivez de 2 à 12 mots simples, séparés par des virgules.",
        ),
    ),
    "invalid_value.instructions": (
        ("The instructions are too long.", "Les instructions sont trop longues."),
        ("Use at most 256,000 characters.", "Donnez au plus 256 000 caractères."),
    ),
    "invalid_value.max_passages": (
        ("The number of passages is out of range.", "Le nombre de passages est hors limites."),
        ("Use 1 to 50.", "Donnez de 1 à 50."),
    ),
    "invalid_value.score_threshold": (
        ("The score threshold is out of range.", "Le seuil de score est hors limites."),
        ("Use 0 to 1.", "Donnez de 0 à 1."),
    ),
    "invalid_value.max_output_tokens": (
        ("The token limit is out of range.", "La limite de jetons est hors limites."),
        ("Use 1 or more, or leave it empty.", "Donnez 1 ou plus, ou laissez vide."),
    ),
    "invalid_value.temperature": (
        ("The temperature is out of range.", "La température est hors limites."),
        ("Use 0 to 2, or leave it empty.", "Donnez de 0 à 2, ou laissez vide."),
    ),
    "invalid_value.prompt_variables": (
        ("The variables of the prompt are not complete.", "Les variables du prompt sont incomplètes."),
        ("Give each value a key of its own.", "Donnez à chaque valeur une clé à elle."),
    ),
    "invalid_value.budget": (
        ("The budget is below zero.", "Le budget est inférieur à zéro."),
        ("Use 0 or more, or leave it empty.", "Donnez 0 ou plus, ou laissez vide."),
    ),
    "invalid_value.json_schema": (
        ("The JSON schema cannot be read.", "Le schéma JSON ne peut pas être lu."),
        ("Correct it, or leave it empty.", "Corrigez-le, ou laissez vide."),
    ),
    "invalid_value.limit": (
        ("The number of results is out of range.", "Le nombre de résultats est hors limites."),
        ("Use 1 to 50.", "Donnez de 1 à 50."),
    ),
    "invalid_value.attributes": (
        ("The attributes are beyond their limits.", "Les attributs dépassent leurs limites."),
        (
            "At most 16 pairs, keys of 64 and values of 512 characters.",
            "Au plus 16 paires, des clés de 64 et des valeurs de 512 caractères.",
        ),
    ),
    "invalid_value.title": (
        ("The title is empty or too long.", "Le titre est vide ou trop long."),
        ("Use 1 to 200 characters.", "Donnez de 1 à 200 caractères."),
    ),
    "invalid_value.text": (
        ("The note is empty.", "La note est vide."),
        ("Write what the next reply should say.", "Écrivez ce que la prochaine réponse doit dire."),
    ),
    "invalid_value.query": (
        ("The search is empty.", "La recherche est vide."),
        ("Type words or a question.", "Saisissez des mots ou une question."),
    ),
    "invalid_value.reply": (
        ("The reply is empty.", "La réponse est vide."),
        ("Write or accept a draft first.", "Rédigez ou acceptez d’abord un brouillon."),
    ),
    "invalid_value.base_url": (
        ("The address cannot be used.", "L’adresse ne peut pas être utilisée."),
        (
            "Write it as https://server/v1, without a user, a password, ? or #.",
            "Écrivez-la comme https://serveur/v1, sans utilisateur, mot de passe, ? ni #.",
        ),
    ),
    "invalid_value.local_address": (
        ("This address is not on this machine[: {detail}].", "Cette adresse n’est pas sur cette machine[ : {detail}]."),
        (
            "Use localhost or 127.0.0.1, or choose “OpenAI-compatible server”.",
            "Utilisez localhost ou 127.0.0.1, ou choisissez « Serveur compatible OpenAI ».",
        ),
    ),
    "invalid_value.region": (
        ("The region cannot be used.", "La région ne peut pas être utilisée."),
        (
            "Use a short name such as eu or us, or leave it empty.",
            "Donnez un nom court comme eu ou us, ou laissez vide.",
        ),
    ),
    "invalid_value.price": (
        ("This is no amount in dollars.", "Ce n’est pas un montant en dollars."),
        ("Write it in digits, such as 0.25.", "Écrivez-le en chiffres, par exemple 0,25."),
    ),
    "invalid_value.model": (
        (
            "A model’s name is not empty and has no spaces.",
            "Le nom d’un modèle n’est pas vide et ne contient pas d’espaces.",
        ),
        (
            "Write it as its provider does, such as gpt-6-luna.",
            "Écrivez-le comme le fait son fournisseur, par exemple gpt-6-luna.",
        ),
    ),
    "invalid_value.proxy": (
        ("The proxy’s address cannot be used.", "L’adresse du proxy ne peut pas être utilisée."),
        (
            "Write it as http://server:8080, without a password.",
            "Écrivez-la comme http://serveur:8080, sans mot de passe.",
        ),
    ),
}
