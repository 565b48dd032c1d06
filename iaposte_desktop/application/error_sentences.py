"""What each error means to people, in English and French: what happened, and what to do next.

`[… {detail} …]` is the part of a sentence that is left out where an error tells no detail.
"""

from __future__ import annotations

from typing import Final

_RETRY: Final = ("Try again.", "Réessayez.")
_REPORT: Final = (
    "Please report it with the log (Help → Open the log folder).",
    "Signalez-le avec le journal (Aide → Ouvrir le dossier du journal).",
)
_CHOOSE_OTHER_FILE: Final = ("Choose another file.", "Choisissez un autre fichier.")
_CHECK_FILE: Final = (
    "Open it in its own program; if it opens there, save it again and add that copy.",
    "Ouvrez-le dans son logiciel ; s’il s’y ouvre, enregistrez-le de nouveau et ajoutez cette copie.",
)
_SPLIT: Final = ("Split it into smaller files.", "Divisez-le en fichiers plus petits.")
_FREE_SPACE: Final = (
    "Free some space, then try again; nothing that was saved is lost.",
    "Libérez de la place, puis réessayez ; rien de ce qui était enregistré n’est perdu.",
)

Sentence = tuple[tuple[str, str], tuple[str, str]]

SENTENCES: Final[dict[str, Sentence]] = {
    "internal": (("Something went wrong in the program.", "Le programme a rencontré une erreur."), _REPORT),
    "input": (("This cannot be used.", "Ceci ne peut pas être utilisé."), _RETRY),
    "not_found": (
        ("It is no longer there.", "Cet élément n’existe plus."),
        ("It may have been deleted: look in the bin.", "Il a peut-être été supprimé : voyez la corbeille."),
    ),
    "mail_refused": (("This mail cannot be read.", "Ce mail ne peut pas être lu."), _CHOOSE_OTHER_FILE),
    "mail_refused.unreadable": (
        ("The mail’s file cannot be opened.", "Le fichier du mail ne peut pas être ouvert."),
        ("Check that it is still there and that you may read it.", "Vérifiez qu’il est toujours là et lisible."),
    ),
    "mail_refused.not_a_mail": (
        ("This file is not a mail.", "Ce fichier n’est pas un mail."),
        ("Save the mail as .eml, or paste its text.", "Enregistrez le mail en .eml, ou collez son texte."),
    ),
    "mail_refused.empty": (
        ("This mail holds no text.", "Ce mail ne contient aucun texte."),
        (
            "Paste its text if it is in a picture or an attachment.",
            "Collez son texte s’il est dans une image ou une pièce jointe.",
        ),
    ),
    "mail_refused.too_large": (
        ("This mail is too large.", "Ce mail est trop volumineux."),
        ("Paste its text instead.", "Collez plutôt son texte."),
    ),
    "mail_refused.too_complex": (
        (
            "This mail is built to overload programs: it was refused.",
            "Ce mail est construit pour surcharger les logiciels : il a été refusé.",
        ),
        (
            "Be careful with it; paste its text if you trust it.",
            "Méfiez-vous-en ; collez son texte si vous lui faites confiance.",
        ),
    ),
    "mail_refused.time_limit": (
        ("Reading this mail took too long.", "La lecture de ce mail a pris trop de temps."),
        ("Paste its text instead.", "Collez plutôt son texte."),
    ),
    "mail_refused.memory_limit": (
        ("Reading this mail took too much memory.", "La lecture de ce mail a demandé trop de mémoire."),
        ("Paste its text instead.", "Collez plutôt son texte."),
    ),
    "mail_refused.crashed": (
        (
            "Reading this mail failed; the program was protected from it.",
            "La lecture de ce mail a échoué ; le programme en a été protégé.",
        ),
        ("Paste its text instead.", "Collez plutôt son texte."),
    ),
    "file_refused": (("This file cannot be used.", "Ce fichier ne peut pas être utilisé."), _CHOOSE_OTHER_FILE),
    "file_refused.unsupported": (
        ("This type of file is not supported.", "Ce type de fichier n’est pas pris en charge."),
        ("Save it as PDF, DOCX or text.", "Enregistrez-le en PDF, DOCX ou texte."),
    ),
    "file_refused.unreadable": (
        ("The file cannot be opened.", "Le fichier ne peut pas être ouvert."),
        ("Check that you may read it.", "Vérifiez que vous avez le droit de le lire."),
    ),
    "file_refused.vanished": (
        ("The file is no longer there.", "Le fichier n’est plus là."),
        ("Add it again from its new place.", "Ajoutez-le de nouveau depuis son nouvel emplacement."),
    ),
    "file_refused.changed": (
        ("The file changed while it was read.", "Le fichier a changé pendant sa lecture."),
        (
            "Wait until the program that writes it is done, then try again.",
            "Attendez que le logiciel qui l’écrit ait terminé, puis réessayez.",
        ),
    ),
    "file_refused.not_a_file": (
        ("This is not a regular file.", "Ce n’est pas un fichier ordinaire."),
        _CHOOSE_OTHER_FILE,
    ),
    "file_refused.empty": (("The file holds no text.", "Le fichier ne contient aucun texte."), _CHOOSE_OTHER_FILE),
    "file_refused.scanned": (
        ("The file is scanned: it has no text layer.", "Le fichier est numérisé : il n’a pas de couche de texte."),
        (
            "Run text recognition (OCR) on it, then add it again.",
            "Passez-le à la reconnaissance de texte (OCR), puis ajoutez-le.",
        ),
    ),
    "file_refused.encrypted": (
        ("The file is protected by a password.", "Le fichier est protégé par un mot de passe."),
        ("Save a copy without password and add that.", "Enregistrez une copie sans mot de passe et ajoutez-la."),
    ),
    "file_refused.damaged": (("The file is damaged.", "Le fichier est endommagé."), _CHECK_FILE),
    "file_refused.mislabelled": (
        ("The file is not what its name says.", "Le fichier n’est pas ce que son nom annonce."),
        (
            "Give it its right extension, or save it again.",
            "Donnez-lui sa vraie extension, ou enregistrez-le de nouveau.",
        ),
    ),
    "file_refused.too_large": (("The file is too large.", "Le fichier est trop volumineux."), _SPLIT),
    "file_refused.too_complex": (
        (
            "The file unpacks to far more than its size: it was refused.",
            "Le fichier se déploie bien au-delà de sa taille : il a été refusé.",
        ),
        _CHECK_FILE,
    ),
    "file_refused.time_limit": (
        ("Reading the file took too long.", "La lecture du fichier a pris trop de temps."),
        _SPLIT,
    ),
    "file_refused.memory_limit": (
        ("Reading the file took too much memory.", "La lecture du fichier a demandé trop de mémoire."),
        _SPLIT,
    ),
    "file_refused.crashed": (
        (
            "Reading the file failed; the program was protected from it.",
            "La lecture du fichier a échoué ; le programme en a été protégé.",
        ),
        _CHECK_FILE,
    ),
    "file_refused.duplicate": (
        ("The same file is in this store already.", "Le même fichier est déjà dans cette base."),
        ("Nothing to do; remove this row.", "Rien à faire ; retirez cette ligne."),
    ),
    "file_refused.disk_full": (("The disk is full.", "Le disque est plein."), _FREE_SPACE),
    "file_refused.server": (
        ("The server could not process the file.", "Le serveur n’a pas pu traiter le fichier."),
        _RETRY,
    ),
    "import_refused": (
        ("This file does not hold an assistant.", "Ce fichier ne contient pas d’assistant."),
        (
            "Choose a file exported from here, or the JSON of an asst_… assistant.",
            "Choisissez un fichier exporté d’ici, ou le JSON d’un assistant asst_….",
        ),
    ),
    "archive_refused": (("The archive was refused.", "L’archive a été refusée."), _REPORT),
    "archive_refused.unreadable": (
        ("The archive cannot be opened.", "L’archive ne peut pas être ouverte."),
        (
            "Check that it is still there and that you may read it.",
            "Vérifiez qu’elle est là et que vous pouvez la lire.",
        ),
    ),
    "archive_refused.not_an_archive": (
        ("This file is not an exported store.", "Ce fichier n’est pas une base exportée."),
        ("Choose a zip made by “Export…”.", "Choisissez un zip produit par « Exporter… »."),
    ),
    "archive_refused.newer": (
        (
            "The archive was made by a newer version of the program.",
            "L’archive vient d’une version plus récente du programme.",
        ),
        ("Install that version.", "Installez cette version."),
    ),
    "archive_refused.damaged": (
        ("The archive’s table of contents is damaged.", "Le sommaire de l’archive est endommagé."),
        ("Export the store again.", "Exportez la base à nouveau."),
    ),
    "archive_refused.unsafe": (
        (
            "The archive holds names or links that no export writes; nothing was unpacked.",
            "L’archive contient des noms ou des liens qu’aucun export n’écrit ; rien n’a été extrait.",
        ),
        ("Ask whoever gave it to you to export it again.", "Demandez un nouvel export à qui vous l’a donnée."),
    ),
    "archive_refused.too_large": (
        (
            "The archive would unpack to more than is safe; nothing was imported.",
            "L’archive prendrait plus de place qu’il n’est prudent ; rien n’a été importé.",
        ),
        ("Split the store, then export its parts.", "Divisez la base, puis exportez ses parties."),
    ),
    "archive_not_written": (
        ("The file could not be written[: {detail}].", "Le fichier n’a pas pu être écrit[ : {detail}]."),
        (
            "Choose another folder. A file that was there before is unchanged.",
            "Choisissez un autre dossier. Un fichier déjà présent est inchangé.",
        ),
    ),
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
    "run": (("The run failed.", "L’exécution a échoué."), _RETRY),
    "run_already_active": (
        ("A draft is being written for this thread.", "Un brouillon est déjà en cours pour ce fil."),
        ("Wait for it, or stop it (Shift+Esc).", "Attendez-le, ou arrêtez-le (Maj+Échap)."),
    ),
    "nothing_to_answer": (
        ("This thread holds no mail of the customer.", "Ce fil ne contient aucun mail du client."),
        ("Open or paste a mail first.", "Ouvrez ou collez d’abord un mail."),
    ),
    "no_assistant": (
        ("There is no assistant.", "Il n’y a aucun assistant."),
        (
            "Create one in the Assistants tab, from a template.",
            "Créez-en un dans l’onglet Assistants, à partir d’un modèle.",
        ),
    ),
    "over_budget": (
        (
            "The run reached the assistant’s budget and was stopped.",
            "L’exécution a atteint le budget de l’assistant et s’est arrêtée.",
        ),
        (
            "Raise the limit in the assistant, or shorten the request.",
            "Relevez la limite de l’assistant, ou raccourcissez la demande.",
        ),
    ),
    "too_many_rounds": (
        ("The model kept calling tools and was stopped.", "Le modèle appelait sans cesse des outils et a été arrêté."),
        ("Try another model or simpler instructions.", "Essayez un autre modèle ou des instructions plus simples."),
    ),
    "illegal_transition": (
        ("The run’s journal is inconsistent.", "Le journal de l’exécution est incohérent."),
        _REPORT,
    ),
    "provider": (("The model’s provider failed.", "Le fournisseur du modèle a échoué."), _RETRY),
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
    "answer_unusable": (("The answer could not be read.", "La réponse n’a pas pu être lue."), _RETRY),
    "stream_cut": (
        ("The answer was cut off; its text so far is kept.", "La réponse a été coupée ; le texte reçu est gardé."),
        _RETRY,
    ),
    "worker": (("A helper process failed.", "Un processus auxiliaire a échoué."), _RETRY),
    "worker_time_limit": (("A helper process took too long.", "Un processus auxiliaire a pris trop de temps."), _RETRY),
    "worker_memory_limit": (
        ("A helper process took too much memory.", "Un processus auxiliaire a demandé trop de mémoire."),
        _RETRY,
    ),
    "worker_crashed": (
        ("A helper process stopped by itself.", "Un processus auxiliaire s’est arrêté de lui-même."),
        _RETRY,
    ),
    "storage": (("The workspace could not be written.", "L’espace de travail n’a pas pu être écrit."), _REPORT),
    "disk_full": (("The disk is full.", "Le disque est plein."), _FREE_SPACE),
    "profile_read_only": (
        ("The profile’s folder cannot be written.", "Le dossier du profil n’est pas accessible en écriture."),
        (
            "Give yourself the right to write there, or choose another profile (IAPOSTE_PROFILE).",
            "Donnez-vous le droit d’y écrire, ou choisissez un autre profil (IAPOSTE_PROFILE).",
        ),
    ),
    "profile_in_use": (
        ("The program is open already with this profile.", "Le programme est déjà ouvert avec ce profil."),
        ("Use the open window, or close it first.", "Utilisez la fenêtre ouverte, ou fermez-la d’abord."),
    ),
    "workspace_newer": (
        (
            "The workspace was made by a newer version of the program; it was not touched.",
            "L’espace de travail vient d’une version plus récente du programme ; rien n’y a été changé.",
        ),
        ("Install that version.", "Installez cette version."),
    ),
    "workspace_damaged": (
        (
            "The workspace’s file is damaged; it was kept.",
            "Le fichier de l’espace de travail est endommagé ; il a été gardé.",
        ),
        (
            "Start the program again: it repairs what can be read.",
            "Relancez le programme : il répare ce qui est lisible.",
        ),
    ),
}
