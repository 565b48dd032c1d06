"""What each error means to people, in English and French: what happened, and what to do next.

`[… {detail} …]` is the part of a sentence that is left out where an error tells no detail.
"""

from __future__ import annotations

from typing import Final

from iaposte_desktop.application.common_sentences import FREE_SPACE, REPORT, RETRY, Sentence
from iaposte_desktop.application.file_sentences import FILE_SENTENCES
from iaposte_desktop.application.provider_sentences import PROVIDER_SENTENCES
from iaposte_desktop.application.value_sentences import VALUE_SENTENCES

_PROGRAM_SENTENCES: Final[dict[str, Sentence]] = {
    "internal": (("Something went wrong in the program.", "Le programme a rencontré une erreur."), REPORT),
    "input": (("This cannot be used.", "Ceci ne peut pas être utilisé."), RETRY),
    "not_found": (
        ("It is no longer there.", "Cet élément n’existe plus."),
        ("It may have been deleted: look in the bin.", "Il a peut-être été supprimé : voyez la corbeille."),
    ),
    "run": (("The run failed.", "L’exécution a échoué."), RETRY),
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
        REPORT,
    ),
    "worker": (("A helper process failed.", "Un processus auxiliaire a échoué."), RETRY),
    "worker_time_limit": (("A helper process took too long.", "Un processus auxiliaire a pris trop de temps."), RETRY),
    "worker_memory_limit": (
        ("A helper process took too much memory.", "Un processus auxiliaire a demandé trop de mémoire."),
        RETRY,
    ),
    "worker_crashed": (
        ("A helper process stopped by itself.", "Un processus auxiliaire s’est arrêté de lui-même."),
        RETRY,
    ),
    "storage": (("The workspace could not be written.", "L’espace de travail n’a pas pu être écrit."), REPORT),
    "disk_full": (("The disk is full.", "Le disque est plein."), FREE_SPACE),
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
SENTENCES: Final = _PROGRAM_SENTENCES | FILE_SENTENCES | VALUE_SENTENCES | PROVIDER_SENTENCES
