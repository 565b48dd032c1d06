"""What the command line says, in both languages."""

from __future__ import annotations

import locale
import os
from typing import Final

from iaposte_desktop.application.labels import french_spaces

_TEXTS: Final = {
    "no_display": (
        "There is no display to open a window on. Without one you can use:\n"
        "  iaposte draft MAIL.eml        draft a cited reply\n"
        "  iaposte stores add FILE…      add knowledge files\n"
        "  iaposte stores search WORDS   search them\n"
        "  iaposte demo                  see the whole job on sample data\n"
        "  iaposte doctor                check this installation",
        "Il n’y a pas d’écran où ouvrir une fenêtre. Sans écran, vous pouvez utiliser :\n"
        "  iaposte draft MAIL.eml        rédiger une réponse avec ses sources\n"
        "  iaposte stores add FICHIER…   ajouter des fichiers de connaissance\n"
        "  iaposte stores search MOTS    y chercher\n"
        "  iaposte demo                  voir tout le travail sur des données d’exemple\n"
        "  iaposte doctor                vérifier cette installation",
    ),
    "assistant_made": (
        "There was no assistant: “{0}” was created, with every vector store.",
        "Il n’y avait aucun assistant : « {0} » a été créé, avec toutes les bases vectorielles.",
    ),
    "no_such_assistant": ("There is no assistant “{0}”.", "Il n’y a pas d’assistant « {0} »."),
    "synonyms_kept_aside": (
        "Your list of synonyms could not be read; it is kept as {0}. The bundled list counts.",
        "Votre liste de synonymes n’a pas pu être lue ; elle est gardée sous {0}. La liste fournie compte.",
    ),
    "no_such_store": ("There is no vector store “{0}”.", "Il n’y a pas de base vectorielle « {0} »."),
    "no_such_connection": ("There is no connection “{0}”.", "Il n’y a pas de connexion « {0} »."),
    "connection_exists": (
        "There is a connection “{0}” already: choose another name.",
        "Il y a déjà une connexion « {0} » : choisissez un autre nom.",
    ),
    "no_connections": (
        "There is no connection; the built-in model works without one. To add one: iaposte connections add NAME",
        "Il n’y a aucune connexion ; le modèle intégré s’en passe. Pour en ajouter : iaposte connections add NOM",
    ),
    "connection_saved": ("“{0}” was saved.", "« {0} » a été enregistré."),
    "connection_not_saved": (
        "It was not saved; --no-test saves it all the same.",
        "Rien n’a été enregistré ; --no-test enregistre malgré tout.",
    ),
    "connection_removed": (
        "“{0}” and its key were forgotten. What lies at the server stays there.",
        "« {0} » et sa clé ont été oubliés. Ce qui se trouve sur le serveur y reste.",
    ),
    "key_not_kept": (
        "But no keyring was found, and a key is never written to a file: enter it in the window, "
        "which keeps it until it is closed.",
        "Mais aucun trousseau n’a été trouvé, et une clé n’est jamais écrite dans un fichier : saisissez-la dans la "
        "fenêtre, qui la garde jusqu’à sa fermeture.",
    ),
    "key_question": ("Key (it is not shown)", "Clé (elle n’est pas affichée)"),
    "key_question_optional": (
        "Key (it is not shown; Enter for none)",
        "Clé (elle n’est pas affichée ; Entrée pour aucune)",
    ),
    "in_the_clear": (
        "Without https the key and the mails travel unencrypted.",
        "Sans https, la clé et les mails circulent sans chiffrement.",
    ),
    "server_answers": ("The server answers: {0} · {1} models · {2}", "Le serveur répond : {0} · {1} modèles · {2}"),
    "with_stores": ("vector stores", "bases vectorielles"),
    "without_stores": ("no vector stores", "pas de bases vectorielles"),
    "no_servers": (
        "No server was found on this machine.",
        "Aucun serveur n’a été trouvé sur cette machine.",
    ),
    "default_is": ("Drafts now use: {0}", "Les brouillons utilisent maintenant : {0}"),
    "connection": ("Connection", "Connexion"),
    "kind": ("Kind", "Type"),
    "address": ("Address", "Adresse"),
    "protocol": ("Protocol", "Protocole"),
    "key": ("Key", "Clé"),
    "default": ("Default", "Par défaut"),
    "yes": ("yes", "oui"),
    "models": ("Models", "Modèles"),
    "built_in": ("built-in", "intégré"),
    "context": ("Context", "Contexte"),
    "price_in": ("Input, per million", "Entrée, par million"),
    "price_out": ("Output, per million", "Sortie, par million"),
    "ends_on": ("Ends on", "Prend fin le"),
    "unknown_price": ("unknown", "inconnu"),
    "default_store": ("My files", "Mes fichiers"),
    "reading": ("Reading files", "Lecture des fichiers"),
    "ready": ("ready", "prêt"),
    "failed": ("failed", "échec"),
    "in_progress": ("in progress", "en cours"),
    "cancelled": ("cancelled", "annulé"),
    "added": ("{0} ready, {1} failed", "{0} prêts, {1} en échec"),
    "nothing_found": ("Nothing was found.", "Rien n’a été trouvé."),
    "no_stores": (
        "There is no vector store yet: iaposte stores add FILE…",
        "Il n’y a pas encore de base vectorielle : iaposte stores add FICHIER…",
    ),
    "no_assistants": (
        "There is no assistant yet: iaposte assistants import FILE",
        "Il n’y a pas encore d’assistant : iaposte assistants import FICHIER",
    ),
    "no_tests": (
        "There is no search test yet: the window saves one from a search, under Vector stores.",
        "Il n’y a pas encore de test de recherche : la fenêtre en enregistre depuis une recherche, dans "
        "Bases vectorielles.",
    ),
    "test_passed": ("passed, rank {0}: “{1}” finds {2}", "réussi, rang {0} : « {1} » trouve {2}"),
    "test_failed": ("failed: “{0}” does not find {1}", "échec : « {0} » ne trouve pas {1}"),
    "tests_total": ("{0} passed, {1} failed", "{0} réussis, {1} en échec"),
    "health.well": ("nothing to do", "rien à faire"),
    "health.failed": ("Could not be read", "Lecture impossible"),
    "health.without_text": ("Without text", "Sans texte"),
    "health.partly_scanned": ("Partly scanned", "En partie numérisés"),
    "health.stale": ("No longer valid", "Périmés"),
    "health.soon_stale": ("Valid for 30 days at most", "Valables 30 jours au plus"),
    "health.duplicates": ("Nearly the same", "Presque identiques"),
    "health.unanswered": ("Questions without an answer", "Questions sans réponse"),
    "health.never_cited": ("Never cited", "Jamais cités"),
    "health.most_cited": ("Most cited", "Les plus cités"),
    "name": ("Name", "Nom"),
    "files": ("Files", "Fichiers"),
    "size": ("Size", "Taille"),
    "id": ("Id", "Id"),
    "model": ("Model", "Modèle"),
    "version": ("Version", "Version"),
    "written": ("Written to {0}.", "Écrit dans {0}."),
    "imported": ("“{0}” was imported.", "« {0} » a été importé."),
    "cannot_write": ("{0} cannot be written: {1}", "Impossible d’écrire {0} : {1}"),
    "cannot_read": ("{0} cannot be read: {1}", "Impossible de lire {0} : {1}"),
    "without_content": (
        "{0} files are not in it: neither their original nor their text can be had.",
        "{0} fichiers n’y sont pas : ni leur original ni leur texte n’est disponible.",
    ),
    "no_stores_at": ("“{0}” keeps no vector stores.", "« {0} » ne garde pas de bases vectorielles."),
    "copied": ("“{0}” holds {1} files now.", "« {0} » contient maintenant {1} fichiers."),
    "copy_question": (
        "{0} files ({1}) will be sent to {2} ({3}). Storage: {4}.",
        "{0} fichiers ({1}) vont être envoyés à {2} ({3}). Stockage : {4}.",
    ),
    "usd_per_day": ("{0} USD more a day", "{0} USD de plus par jour"),
    "go_on": ("Go on?", "Continuer ?"),
    "step.search": ("searched “{0}”: {1} passages", "cherché « {0} » : {1} passages"),
    "step.writing": ("wrote", "rédigé"),
    "step.waiting": ("waited for the server", "attendu le serveur"),
    "step.tool_call": ("called {0}", "appelé {0}"),
    "step.checking": (
        "checked the citations: {0} exact, {1} approximate, {2} not found",
        "vérifié les citations : {0} exactes, {1} approximatives, {2} introuvables",
    ),
    "draft": ("Draft", "Brouillon"),
    "steps": ("Run", "Exécution"),
    "sources": ("Sources", "Sources"),
    "open_questions": ("Without a source", "Sans source"),
    "totals": ("{0} tokens · {1} · {2} s", "{0} jetons · {1} · {2} s"),
    "free": ("free", "gratuit"),
    "unknown_cost": ("unknown cost", "coût inconnu"),
    "exact": ("exact", "exact"),
    "approximate": ("approximate", "approximatif"),
    "not_found": ("not found", "introuvable"),
    "unchecked": ("unchecked", "non vérifié"),
    "in_the_file": ("in the file:", "dans le fichier :"),
    "no_language_model": ("no language model: quotes your files", "sans modèle de langage : cite vos fichiers"),
    "resumed": (
        "A draft was under way when the program last ended: its server still has it, so it goes on.",
        "Un brouillon était en cours quand le programme s’est arrêté : son serveur l’a encore, il se poursuit.",
    ),
    "ended.interrupted": (
        "It was interrupted: this is the text so far.",
        "Il a été interrompu : voici le texte obtenu.",
    ),
    "ended.incomplete": ("The text is incomplete ({0}).", "Le texte est incomplet ({0})."),
    "ended.expired": ("It expired: this is the text so far.", "Il a expiré : voici le texte obtenu."),
    "ended.cancelled": ("It was stopped: this is the text so far.", "Il a été arrêté : voici le texte obtenu."),
    "known_mail": ("This mail was known already.", "Ce mail était déjà connu."),
    "demo_proven": (
        "Every citation’s quote was found verbatim in its source. Screenshots: {0}",
        "Chaque citation a été retrouvée mot pour mot dans sa source. Captures : {0}",
    ),
    "demo_failed": (
        "A quote was not found in its source, or a run did not end well.",
        "Une citation est introuvable dans sa source, ou une exécution a échoué.",
    ),
    "doctor.python": ("Python", "Python"),
    "doctor.qt": ("Qt", "Qt"),
    "doctor.sqlite": ("SQLite of the index", "SQLite de l’index"),
    "doctor.profile": ("Profile", "Profil"),
    "doctor.threads": ("threads: {0}", "fils : {0}"),
    "state": ("State", "État"),
    "pages": ("Pages", "Pages"),
    "language": ("Language", "Langue"),
    "tokens": ("≈ Tokens", "≈ Jetons"),
    "personal_data": ("Personal data", "Données personnelles"),
    "good": ("good", "bon"),
    "same_as": ("the same as “{0}”", "identique à « {0} »"),
    "scanned_pages": ("{0} of {1} pages without text", "{0} pages sur {1} sans texte"),
    "checked": ("{0} good, {1} cannot be read, {2} twice", "{0} bons, {1} illisibles, {2} en double"),
    "tokens_in_all": ("≈ {0} tokens", "≈ {0} jetons"),
    "nothing_to_check": ("There is no file of a known type.", "Il n’y a aucun fichier d’un type connu."),
    "doctor.display": ("Display", "Écran"),
    "doctor.display_none": ("none: the window cannot be opened", "aucun : la fenêtre ne peut pas s’ouvrir"),
    "doctor.display_yes": ("there", "présent"),
    "doctor.search": ("A file added, found and removed", "Un fichier ajouté, trouvé et retiré"),
    "doctor.translations": ("French translation", "Traduction française"),
    "doctor.ok": ("ok", "bon"),
    "doctor.problem": ("problem", "problème"),
}


def language() -> str:
    """`fr` or `en`: IAPOSTE_LANGUAGE, else the system's."""
    chosen = os.environ.get("IAPOSTE_LANGUAGE") or os.environ.get("LC_ALL") or os.environ.get("LC_MESSAGES")
    named = chosen or os.environ.get("LANG") or locale.getlocale()[0] or ""
    return "fr" if named.lower().startswith("fr") else "en"


def text(key: str, *values: object) -> str:
    english, french = _TEXTS[key]
    return (french_spaces(french) if language() == "fr" else english).format(*values)
