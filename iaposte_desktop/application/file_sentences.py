"""What is said of mails, files and archives that cannot be used."""

from __future__ import annotations

from typing import Final

from iaposte_desktop.application.common_sentences import FREE_SPACE, REPORT, RETRY, Sentence

_CHOOSE_OTHER_FILE: Final = ("Choose another file.", "Choisissez un autre fichier.")
_CHECK_FILE: Final = (
    "Open it in its own program; if it opens there, save it again and add that copy.",
    "Ouvrez-le dans son logiciel ; s’il s’y ouvre, enregistrez-le de nouveau et ajoutez cette copie.",
)
_SPLIT: Final = ("Split it into smaller files.", "Divisez-le en fichiers plus petits.")

FILE_SENTENCES: Final[dict[str, Sentence]] = {
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
    "file_refused.disk_full": (("The disk is full.", "Le disque est plein."), FREE_SPACE),
    "file_refused.server": (
        ("The server could not process the file.", "Le serveur n’a pas pu traiter le fichier."),
        RETRY,
    ),
    "import_refused": (
        ("This file does not hold an assistant.", "Ce fichier ne contient pas d’assistant."),
        (
            "Choose a file exported from here, or the JSON of an asst_… assistant.",
            "Choisissez un fichier exporté d’ici, ou le JSON d’un assistant asst_….",
        ),
    ),
    "archive_refused": (("The archive was refused.", "L’archive a été refusée."), REPORT),
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
}
