<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="fr_FR">
<context>
    <name>AboutDialog</name>
    <message>
        <source>About IAPoste Desktop</source>
        <translation>À propos d’IAPoste Desktop</translation>
    </message>
    <message>
        <source>Cited draft replies. Nothing leaves this machine but to the connections you add, and nothing is counted or reported.</source>
        <translation>Des brouillons de réponse avec leurs sources. Rien ne quitte cette machine, sauf vers les connexions que vous ajoutez, et rien n’est compté ni rapporté.</translation>
    </message>
    <message>
        <source>MIT licence. Uses Qt and PySide6 under the LGPL 3.0, icons of Lucide under the ISC licence, and the packages listed in THIRD_PARTY_NOTICES.md.</source>
        <translation>Licence MIT. Utilise Qt et PySide6 sous licence LGPL 3.0, des icônes de Lucide sous licence ISC, et les paquets listés dans THIRD_PARTY_NOTICES.md.</translation>
    </message>
</context>
<context>
    <name>Advanced</name>
    <message>
        <source>Advanced</source>
        <translation>Avancé</translation>
    </message>
    <message>
        <source>Organisation</source>
        <translation>Organisation</translation>
    </message>
    <message>
        <source>Where one key serves several.</source>
        <translation>Quand une clé en sert plusieurs.</translation>
    </message>
    <message>
        <source>Project</source>
        <translation>Projet</translation>
    </message>
    <message>
        <source>Proxy</source>
        <translation>Proxy</translation>
    </message>
    <message>
        <source>Left empty, the system’s own is used.</source>
        <translation>Laissé vide, celui du système est utilisé.</translation>
    </message>
    <message>
        <source>CA file</source>
        <translation>Fichier d’AC</translation>
    </message>
    <message>
        <source>Further root certificates (PEM), for a company’s own or an inspected network.</source>
        <translation>Certificats racine supplémentaires (PEM), pour ceux d’une entreprise ou un réseau inspecté.</translation>
    </message>
    <message>
        <source>Browse…</source>
        <translation>Parcourir…</translation>
    </message>
    <message>
        <source>Browse for the CA file</source>
        <translation>Chercher le fichier d’AC</translation>
    </message>
</context>
<context>
    <name>Amounts</name>
    <message>
        <source>unknown cost</source>
        <translation>coût inconnu</translation>
    </message>
    <message>
        <source>free</source>
        <translation>gratuit</translation>
    </message>
</context>
<context>
    <name>AssistantBin</name>
    <message>
        <source>Deleted assistants</source>
        <translation>Assistants supprimés</translation>
    </message>
    <message>
        <source>Assistants that you delete wait here.</source>
        <translation>Les assistants que vous supprimez attendent ici.</translation>
    </message>
</context>
<context>
    <name>AssistantEditor</name>
    <message>
        <source>History</source>
        <translation>Historique</translation>
    </message>
    <message>
        <source>Earlier versions: compare and restore</source>
        <translation>Versions précédentes&#xa0;: comparer et restaurer</translation>
    </message>
    <message>
        <source>More about this assistant</source>
        <translation>Autres actions sur cet assistant</translation>
    </message>
    <message>
        <source>Discard my edits</source>
        <translation>Abandonner mes modifications</translation>
    </message>
    <message>
        <source>default</source>
        <translation>par défaut</translation>
    </message>
</context>
<context>
    <name>AssistantList</name>
    <message>
        <source>Assistants</source>
        <translation>Assistants</translation>
    </message>
    <message>
        <source>More about assistants</source>
        <translation>Autres actions sur les assistants</translation>
    </message>
    <message>
        <source>Search…</source>
        <translation>Rechercher…</translation>
    </message>
    <message>
        <source>Search the assistants</source>
        <translation>Rechercher parmi les assistants</translation>
    </message>
    <message>
        <source>New</source>
        <translation>Créer</translation>
    </message>
    <message>
        <source>New assistant, empty or from a template</source>
        <translation>Nouvel assistant, vide ou tiré d’un modèle</translation>
    </message>
    <message>
        <source>Import…</source>
        <translation>Importer…</translation>
    </message>
    <message>
        <source>From an exported file, or the JSON of an old asst_… assistant</source>
        <translation>Depuis un fichier exporté, ou le JSON d’un ancien assistant asst_…</translation>
    </message>
    <message>
        <source>Empty assistant</source>
        <translation>Assistant vide</translation>
    </message>
    <message>
        <source>Duplicate</source>
        <translation>Dupliquer</translation>
    </message>
    <message>
        <source>Export…</source>
        <translation>Exporter…</translation>
    </message>
    <message>
        <source>Use by default</source>
        <translation>Utiliser par défaut</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>Supprimer</translation>
    </message>
    <message>
        <source>Deleted assistants…</source>
        <translation>Assistants supprimés…</translation>
    </message>
    <message>
        <source>Nothing found</source>
        <translation>Rien trouvé</translation>
    </message>
    <message>
        <source>No assistant has these words.</source>
        <translation>Aucun assistant ne contient ces mots.</translation>
    </message>
    <message>
        <source>No assistant yet</source>
        <translation>Pas encore d’assistant</translation>
    </message>
    <message>
        <source>An assistant says how replies are written, and from which files. Begin with a template.</source>
        <translation>Un assistant dit comment rédiger les réponses, et à partir de quels fichiers. Commencez par un modèle.</translation>
    </message>
    <message>
        <source>Opening…</source>
        <translation>Ouverture…</translation>
    </message>
</context>
<context>
    <name>Assistants</name>
    <message>
        <source>These versions do not differ.</source>
        <translation>Ces versions sont identiques.</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Nom</translation>
    </message>
    <message>
        <source>Description</source>
        <translation>Description</translation>
    </message>
    <message>
        <source>Instructions</source>
        <translation>Instructions</translation>
    </message>
    <message>
        <source>Guardrails</source>
        <translation>Garde-fous</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>Langue</translation>
    </message>
    <message>
        <source>Form of address</source>
        <translation>Registre</translation>
    </message>
    <message>
        <source>Length</source>
        <translation>Longueur</translation>
    </message>
    <message>
        <source>Tone</source>
        <translation>Ton</translation>
    </message>
    <message>
        <source>Signature</source>
        <translation>Signature</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>Modèle</translation>
    </message>
    <message>
        <source>Fallback model</source>
        <translation>Modèle de secours</translation>
    </message>
    <message>
        <source>Reasoning effort</source>
        <translation>Effort de raisonnement</translation>
    </message>
    <message>
        <source>Temperature</source>
        <translation>Température</translation>
    </message>
    <message>
        <source>Run in the background</source>
        <translation>Exécution en arrière-plan</translation>
    </message>
    <message>
        <source>Prompt kept by the server</source>
        <translation>Prompt gardé par le serveur</translation>
    </message>
    <message>
        <source>Version of the prompt</source>
        <translation>Version du prompt</translation>
    </message>
    <message>
        <source>Variables of the prompt</source>
        <translation>Variables du prompt</translation>
    </message>
    <message>
        <source>Vector stores</source>
        <translation>Bases vectorielles</translation>
    </message>
    <message>
        <source>Knowledge search</source>
        <translation>Recherche dans les bases</translation>
    </message>
    <message>
        <source>Output</source>
        <translation>Sortie</translation>
    </message>
    <message>
        <source>JSON schema</source>
        <translation>Schéma JSON</translation>
    </message>
    <message>
        <source>Output tokens</source>
        <translation>Jetons en sortie</translation>
    </message>
    <message>
        <source>Passages</source>
        <translation>Passages</translation>
    </message>
    <message>
        <source>Score threshold</source>
        <translation>Seuil de score</translation>
    </message>
    <message>
        <source>Budget (US dollars)</source>
        <translation>Budget (dollars américains)</translation>
    </message>
    <message>
        <source>Metadata</source>
        <translation>Métadonnées</translation>
    </message>
    <message>
        <source>on</source>
        <translation>oui</translation>
    </message>
    <message>
        <source>off</source>
        <translation>non</translation>
    </message>
    <message>
        <source>no limit</source>
        <translation>sans limite</translation>
    </message>
    <message>
        <source>(empty)</source>
        <translation>(vide)</translation>
    </message>
    <message>
        <source>Not valid JSON at line {0}, column {1}: {2}.</source>
        <translation>JSON non valable à la ligne {0}, colonne {1}&#xa0;: {2}.</translation>
    </message>
    <message>
        <source>Not valid JSON: {0}.</source>
        <translation>JSON non valable&#xa0;: {0}.</translation>
    </message>
    <message>
        <source>A schema is a JSON object: it begins with { and ends with }.</source>
        <translation>Un schéma est un objet JSON&#xa0;: il commence par { et finit par }.</translation>
    </message>
    <message>
        <source>default</source>
        <translation>par défaut</translation>
    </message>
    <message>
        <source>“{0}” has edits that are not saved.</source>
        <translation>«&#xa0;{0}&#xa0;» a des modifications non enregistrées.</translation>
    </message>
    <message>
        <source>They cannot be saved yet: {0}</source>
        <translation>Impossible de les enregistrer pour l’instant&#xa0;: {0}</translation>
    </message>
    <message>
        <source>Saving makes a new version of it.</source>
        <translation>Les enregistrer crée une nouvelle version.</translation>
    </message>
    <message>
        <source>All files (*)</source>
        <translation>Tous les fichiers (*)</translation>
    </message>
    <message>
        <source>Assistants (*.json)</source>
        <translation>Assistants (*.json)</translation>
    </message>
    <message>
        <source>The customer’s language</source>
        <translation>La langue du client</translation>
    </message>
    <message>
        <source>French</source>
        <translation>Français</translation>
    </message>
    <message>
        <source>English</source>
        <translation>Anglais</translation>
    </message>
    <message>
        <source>Formal (vous)</source>
        <translation>Formel (vous)</translation>
    </message>
    <message>
        <source>Friendly (tu)</source>
        <translation>Amical (tu)</translation>
    </message>
    <message>
        <source>Short</source>
        <translation>Courte</translation>
    </message>
    <message>
        <source>Medium</source>
        <translation>Moyenne</translation>
    </message>
    <message>
        <source>Long</source>
        <translation>Longue</translation>
    </message>
    <message>
        <source>A JSON object</source>
        <translation>Un objet JSON</translation>
    </message>
    <message>
        <source>A reply</source>
        <translation>Une réponse</translation>
    </message>
    <message>
        <source>The model’s default</source>
        <translation>Par défaut du modèle</translation>
    </message>
    <message>
        <source>None</source>
        <translation>Aucun</translation>
    </message>
    <message>
        <source>Minimal</source>
        <translation>Minimal</translation>
    </message>
    <message>
        <source>Low</source>
        <translation>Faible</translation>
    </message>
    <message>
        <source>Moderate</source>
        <translation>Modéré</translation>
    </message>
    <message>
        <source>High</source>
        <translation>Élevé</translation>
    </message>
    <message>
        <source>Highest</source>
        <translation>Maximal</translation>
    </message>
    <message>
        <source>not offered now</source>
        <translation>non proposé actuellement</translation>
    </message>
    <message>
        <source>Default of the settings</source>
        <translation>Par défaut, selon les paramètres</translation>
    </message>
    <message>
        <source>this machine · no language model: quotes your files</source>
        <translation>cette machine · sans modèle de langage&#xa0;: cite vos fichiers</translation>
    </message>
    <message>
        <source>{0} (now {1})</source>
        <translation>{0} (actuellement {1})</translation>
    </message>
    <message>
        <source>{0} tokens of context</source>
        <translation>{0} jetons de contexte</translation>
    </message>
    <message>
        <source>free</source>
        <translation>gratuit</translation>
    </message>
    <message>
        <source>price unknown (see Settings, Prices)</source>
        <translation>prix inconnu (voir Paramètres, Prix)</translation>
    </message>
    <message>
        <source>{0} $ in, {1} $ out per million tokens</source>
        <translation>{0} $ en entrée, {1} $ en sortie par million de jetons</translation>
    </message>
    <message>
        <source>ends on {0}</source>
        <translation>s’arrête le {0}</translation>
    </message>
    <message>
        <source>This model ended on {0}. Choose another one.</source>
        <translation>Ce modèle s’est arrêté le {0}. Choisissez-en un autre.</translation>
    </message>
    <message>
        <source>This model ends on {0}. Choose another one in time.</source>
        <translation>Ce modèle s’arrête le {0}. Choisissez-en un autre à temps.</translation>
    </message>
    <message>
        <source>version {0}</source>
        <translation>version {0}</translation>
    </message>
    <message>
        <source>not used yet</source>
        <translation>pas encore utilisé</translation>
    </message>
    <message>
        <source>used {0}</source>
        <translation>dernier usage&#xa0;: {0}</translation>
    </message>
    <message>
        <source>restored from version {0}</source>
        <translation>restaurée depuis la version {0}</translation>
    </message>
    <message>
        <source>Version {0}</source>
        <translation>Version {0}</translation>
    </message>
</context>
<context>
    <name>AssistantsController</name>
    <message>
        <source>“{0}” was imported.</source>
        <translation>«&#xa0;{0}&#xa0;» a été importé.</translation>
    </message>
    <message numerus="yes">
        <source>%n assistant(s) were imported.</source>
        <translation>
            <numerusform>%n assistant a été importé.</numerusform>
            <numerusform>%n assistants ont été importés.</numerusform>
        </translation>
    </message>
    <message>
        <source>{0} could not be written: {1}. Choose another folder.</source>
        <translation>Impossible d’écrire {0}&#xa0;: {1}. Choisissez un autre dossier.</translation>
    </message>
    <message>
        <source>Exported to {0}.</source>
        <translation>Exporté dans {0}.</translation>
    </message>
    <message>
        <source>Saved as version {0}.</source>
        <translation>Enregistré&#xa0;: version {0}.</translation>
    </message>
    <message>
        <source>Your edits were discarded.</source>
        <translation>Vos modifications ont été abandonnées.</translation>
    </message>
    <message>
        <source>Version {0} is loaded.</source>
        <translation>La version {0} est chargée.</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>Annuler</translation>
    </message>
    <message>
        <source>New assistant</source>
        <translation>Nouvel assistant</translation>
    </message>
    <message>
        <source>{0} (copy)</source>
        <translation>{0} (copie)</translation>
    </message>
    <message>
        <source>Import assistants</source>
        <translation>Importer des assistants</translation>
    </message>
    <message>
        <source>Export the assistant</source>
        <translation>Exporter l’assistant</translation>
    </message>
    <message>
        <source>“{0}” is in the bin.</source>
        <translation>«&#xa0;{0}&#xa0;» est dans la corbeille.</translation>
    </message>
    <message>
        <source>Version {0} is back, as version {1}.</source>
        <translation>La version {0} est restaurée, sous le numéro {1}.</translation>
    </message>
</context>
<context>
    <name>AssistantsView</name>
    <message>
        <source>No assistant is open</source>
        <translation>Aucun assistant n’est ouvert</translation>
    </message>
    <message>
        <source>Choose one on the left, make one from a template, or drop an exported file here.</source>
        <translation>Choisissez-en un à gauche, créez-en un à partir d’un modèle, ou déposez ici un fichier exporté.</translation>
    </message>
    <message>
        <source>New</source>
        <translation>Créer</translation>
    </message>
</context>
<context>
    <name>AttributesDialog</name>
    <message>
        <source>Attributes</source>
        <translation>Attributs</translation>
    </message>
    <message numerus="yes">
        <source>%n file(s)</source>
        <translation>
            <numerusform>%n fichier</numerusform>
            <numerusform>%n fichiers</numerusform>
        </translation>
    </message>
    <message>
        <source>Title</source>
        <translation>Titre</translation>
    </message>
    <message>
        <source>What the file is called where its name says little.</source>
        <translation>Comment nommer le fichier quand son nom en dit peu.</translation>
    </message>
    <message>
        <source>Version</source>
        <translation>Version</translation>
    </message>
    <message>
        <source>A replaced file counts its last number up.</source>
        <translation>Remplacer le fichier augmente son dernier nombre d’une unité.</translation>
    </message>
    <message>
        <source>Valid until</source>
        <translation>Valable jusqu’au</translation>
    </message>
    <message>
        <source>The last day on which it is valid</source>
        <translation>Le dernier jour de validité</translation>
    </message>
    <message>
        <source>After that day the file is marked as expired; it is still found.</source>
        <translation>Passé ce jour, le fichier est signalé comme périmé&#xa0;; il est toujours trouvé.</translation>
    </message>
    <message>
        <source>These files have different days; they stay unless you choose one.</source>
        <translation>Ces fichiers ont des dates différentes&#xa0;; elles restent, sauf si vous en choisissez une.</translation>
    </message>
    <message>
        <source>Audience</source>
        <translation>Destinataires</translation>
    </message>
    <message>
        <source>Internal text may inform a reply, but is not meant for customers.</source>
        <translation>Un texte interne peut éclairer une réponse, mais n’est pas destiné aux clients.</translation>
    </message>
    <message>
        <source>as the store</source>
        <translation>comme la base</translation>
    </message>
    <message>
        <source>for customers</source>
        <translation>pour les clients</translation>
    </message>
    <message>
        <source>internal</source>
        <translation>interne</translation>
    </message>
    <message>
        <source>Your own attributes</source>
        <translation>Vos propres attributs</translation>
    </message>
    <message>
        <source>Different in these files, and left as they are: {0}</source>
        <translation>Différents d’un fichier à l’autre, et laissés tels quels&#xa0;: {0}</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>Enregistrer</translation>
    </message>
    <message>
        <source>A file has at most {0} attributes.</source>
        <translation>Un fichier a au plus {0} attributs.</translation>
    </message>
    <message>
        <source>A value has at most {0} characters.</source>
        <translation>Une valeur a au plus {0} caractères.</translation>
    </message>
    <message>
        <source>several values</source>
        <translation>plusieurs valeurs</translation>
    </message>
</context>
<context>
    <name>BinDialog</name>
    <message>
        <source>The bin is empty</source>
        <translation>La corbeille est vide</translation>
    </message>
    <message>
        <source>Restore</source>
        <translation>Restaurer</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Fermer</translation>
    </message>
</context>
<context>
    <name>ChecklistPane</name>
    <message>
        <source>Questions in the mail</source>
        <translation>Questions du mail</translation>
    </message>
    <message>
        <source>No questions yet</source>
        <translation>Pas encore de questions</translation>
    </message>
    <message>
        <source>When a reply is drafted, the mail’s questions are listed here: answered, or still open.</source>
        <translation>Quand une réponse est rédigée, les questions du mail sont listées ici&#xa0;: traitées, ou encore sans source.</translation>
    </message>
    <message>
        <source>Answered from a source</source>
        <translation>Réponse tirée d’une source</translation>
    </message>
    <message>
        <source>Open: no source was found</source>
        <translation>Sans réponse&#xa0;: aucune source trouvée</translation>
    </message>
    <message>
        <source>Looking for a source…</source>
        <translation>Recherche d’une source…</translation>
    </message>
    <message>
        <source>Not known: the run ended early</source>
        <translation>Inconnu&#xa0;: l’exécution s’est arrêtée avant</translation>
    </message>
</context>
<context>
    <name>Closing</name>
    <message>
        <source>The draft could not be saved yet. Copy its text, or close again to leave without it.</source>
        <translation>Le brouillon n’a pas encore pu être enregistré. Copiez son texte, ou fermez de nouveau pour quitter sans lui.</translation>
    </message>
</context>
<context>
    <name>ConnectionForm</name>
    <message>
        <source>Name</source>
        <translation>Nom</translation>
    </message>
    <message>
        <source>As you will see it in lists.</source>
        <translation>Tel que vous le verrez dans les listes.</translation>
    </message>
    <message>
        <source>Kind</source>
        <translation>Type</translation>
    </message>
    <message>
        <source>Region</source>
        <translation>Région</translation>
    </message>
    <message>
        <source>Only where your account keeps its data in one: eu, us, …</source>
        <translation>Seulement si votre compte garde ses données dans l’une d’elles&#xa0;: eu, us, …</translation>
    </message>
    <message>
        <source>default</source>
        <translation>par défaut</translation>
    </message>
    <message>
        <source>Default model</source>
        <translation>Modèle par défaut</translation>
    </message>
    <message>
        <source>Left empty, the first that the server offers. A test fills the list.</source>
        <translation>Laissé vide, le premier que le serveur propose. Un test remplit la liste.</translation>
    </message>
    <message>
        <source>Has vector stores</source>
        <translation>A des bases vectorielles</translation>
    </message>
    <message>
        <source>Files can be kept and searched at the server, too.</source>
        <translation>Des fichiers peuvent aussi être gardés et cherchés sur le serveur.</translation>
    </message>
    <message>
        <source>Use it for drafts</source>
        <translation>L’utiliser pour les brouillons</translation>
    </message>
    <message>
        <source>Assistants that name no model of their own ask this connection.</source>
        <translation>Les assistants sans modèle à eux interrogent cette connexion.</translation>
    </message>
    <message>
        <source>Left empty, OpenAI’s own.</source>
        <translation>Laissée vide, celle d’OpenAI.</translation>
    </message>
    <message>
        <source>Of your resource, for example {0}</source>
        <translation>Celle de votre ressource, par exemple {0}</translation>
    </message>
    <message>
        <source>As its operator gives it; it often ends in /v1.</source>
        <translation>Telle que son exploitant la donne&#xa0;; elle finit souvent par /v1.</translation>
    </message>
    <message>
        <source>Of this machine alone: nothing leaves it, nothing is billed.</source>
        <translation>De cette machine seulement&#xa0;: rien n’en sort, rien n’est facturé.</translation>
    </message>
    <message>
        <source>Address</source>
        <translation>Adresse</translation>
    </message>
    <message>
        <source>Without https the key and the mails travel unencrypted.</source>
        <translation>Sans https, la clé et les mails circulent sans chiffrement.</translation>
    </message>
    <message>
        <source>Protocol</source>
        <translation>Protocole</translation>
    </message>
</context>
<context>
    <name>ConnectionTestBar</name>
    <message>
        <source>Switch to {0}</source>
        <translation>Passer à {0}</translation>
    </message>
    <message>
        <source>Asking {0}…</source>
        <translation>{0} est interrogé…</translation>
    </message>
    <message>
        <source>Test connection</source>
        <translation>Tester la connexion</translation>
    </message>
    <message>
        <source>Asks the server what it offers; nothing that is billed is sent</source>
        <translation>Demande au serveur ce qu’il propose&#xa0;; rien de facturé n’est envoyé</translation>
    </message>
    <message>
        <source>Cancel the test</source>
        <translation>Annuler le test</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>Enregistrer</translation>
    </message>
    <message>
        <source>Keep this connection</source>
        <translation>Garder cette connexion</translation>
    </message>
    <message>
        <source>Test under way</source>
        <translation>Test en cours</translation>
    </message>
</context>
<context>
    <name>ConnectionTrial</name>
    <message>
        <source>{0}, which is chosen above, does not answer.</source>
        <translation>{0}, choisi ci-dessus, ne répond pas.</translation>
    </message>
    <message>
        <source>The test was cancelled.</source>
        <translation>Le test a été annulé.</translation>
    </message>
</context>
<context>
    <name>ConnectionsController</name>
    <message>
        <source>{0} has edits that are not saved.</source>
        <translation>{0} a des modifications non enregistrées.</translation>
    </message>
    <message>
        <source>A key that was typed is not kept either.</source>
        <translation>Une clé saisie n’est pas gardée non plus.</translation>
    </message>
    <message>
        <source>Saving…</source>
        <translation>Enregistrement…</translation>
    </message>
    <message>
        <source>It was not saved: see the field that is marked.</source>
        <translation>Rien n’a été enregistré&#xa0;: voyez le champ signalé.</translation>
    </message>
    <message>
        <source>Saved. No keyring took the key: it is kept in memory until you close the program.</source>
        <translation>Enregistré. Aucun trousseau n’a pris la clé&#xa0;: elle est gardée en mémoire jusqu’à la fermeture du programme.</translation>
    </message>
    <message>
        <source>Saved.</source>
        <translation>Enregistré.</translation>
    </message>
    <message>
        <source>Remove the connection {0}?</source>
        <translation>Supprimer la connexion {0}&#xa0;?</translation>
    </message>
    <message>
        <source>Its key is forgotten, and assistants that name its models need another one. What lies at the server stays there.</source>
        <translation>Sa clé est oubliée, et les assistants qui nomment ses modèles en auront besoin d’un autre. Ce qui se trouve sur le serveur y reste.</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>Supprimer</translation>
    </message>
    <message>
        <source>Certificates (*.pem *.crt *.cer)</source>
        <translation>Certificats (*.pem *.crt *.cer)</translation>
    </message>
    <message>
        <source>All files (*)</source>
        <translation>Tous les fichiers (*)</translation>
    </message>
</context>
<context>
    <name>ConnectionsPage</name>
    <message>
        <source>Connections</source>
        <translation>Connexions</translation>
    </message>
    <message>
        <source>Add</source>
        <translation>Ajouter</translation>
    </message>
    <message>
        <source>Remove…</source>
        <translation>Supprimer…</translation>
    </message>
    <message>
        <source>Make default</source>
        <translation>Utiliser par défaut</translation>
    </message>
    <message>
        <source>Assistants that name no model of their own ask the default one</source>
        <translation>Les assistants sans modèle à eux interrogent celle par défaut</translation>
    </message>
    <message>
        <source>It quotes your files, sends nothing anywhere and costs nothing. The program works without any connection.</source>
        <translation>Il cite vos fichiers, n’envoie rien et ne coûte rien. Le programme fonctionne sans aucune connexion.</translation>
    </message>
    <message>
        <source>A connection adds a language model that writes: at OpenAI or Azure, at a server of your company, or one that runs on this machine.</source>
        <translation>Une connexion ajoute un modèle de langage qui rédige&#xa0;: chez OpenAI ou Azure, sur un serveur de votre entreprise, ou sur cette machine.</translation>
    </message>
    <message>
        <source>Add a connection</source>
        <translation>Ajouter une connexion</translation>
    </message>
</context>
<context>
    <name>ConversationPane</name>
    <message>
        <source>Conversation</source>
        <translation>Conversation</translation>
    </message>
    <message>
        <source>More actions on this thread</source>
        <translation>Autres actions sur ce fil</translation>
    </message>
    <message>
        <source>Rename, details, note, delete</source>
        <translation>Renommer, détails, note, supprimer</translation>
    </message>
    <message>
        <source>Change the thread&apos;s state</source>
        <translation>Changer l’état du fil</translation>
    </message>
    <message>
        <source>Rename…</source>
        <translation>Renommer…</translation>
    </message>
    <message>
        <source>Details…</source>
        <translation>Détails…</translation>
    </message>
    <message>
        <source>Draft a knowledge note…</source>
        <translation>Préparer une note de connaissance…</translation>
    </message>
    <message>
        <source>Delete thread</source>
        <translation>Supprimer le fil</translation>
    </message>
    <message>
        <source>State: {0}</source>
        <translation>État&#xa0;: {0}</translation>
    </message>
</context>
<context>
    <name>ConversationText</name>
    <message>
        <source>↩ Your reply, sent</source>
        <translation>↩ Votre réponse, envoyée</translation>
    </message>
    <message>
        <source>Customer</source>
        <translation>Client</translation>
    </message>
    <message>
        <source>⋯ quoted history</source>
        <translation>⋯ historique cité</translation>
    </message>
    <message>
        <source>⋯ hide quoted history</source>
        <translation>⋯ masquer l’historique cité</translation>
    </message>
    <message>
        <source>⋯ signature</source>
        <translation>⋯ signature</translation>
    </message>
    <message>
        <source>⋯ hide signature</source>
        <translation>⋯ masquer la signature</translation>
    </message>
    <message>
        <source>This mail carried hidden text; it was left out.</source>
        <translation>Ce mail contenait du texte caché&#xa0;; il a été écarté.</translation>
    </message>
    <message>
        <source>This mail wanted to load pictures from the internet; they were not loaded.</source>
        <translation>Ce mail voulait charger des images depuis internet&#xa0;; elles n’ont pas été chargées.</translation>
    </message>
    <message>
        <source>This mail is very long; only its beginning is shown.</source>
        <translation>Ce mail est très long&#xa0;; seul son début est affiché.</translation>
    </message>
    <message>
        <source>Attachment: {0} ({1}, not kept)</source>
        <translation>Pièce jointe&#xa0;: {0} ({1}, non conservée)</translation>
    </message>
</context>
<context>
    <name>CopyDialog</name>
    <message>
        <source>Copy “{0}”</source>
        <translation>Copier «&#xa0;{0}&#xa0;»</translation>
    </message>
    <message>
        <source>To</source>
        <translation>Vers</translation>
    </message>
    <message>
        <source>Where the files are copied to</source>
        <translation>Où copier les fichiers</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>Copier</translation>
    </message>
    <message>
        <source>Every file is there already.</source>
        <translation>Tous les fichiers y sont déjà.</translation>
    </message>
    <message>
        <source>{0} will be sent to {1} ({2}).</source>
        <translation>{0} vont être envoyés à {1} ({2}).</translation>
    </message>
    <message>
        <source>{0} will be kept on this machine.</source>
        <translation>{0} seront gardés sur cette machine.</translation>
    </message>
    <message numerus="yes">
        <source>Of %n file(s) only the text can be had.</source>
        <translation>
            <numerusform>De %n fichier, seul le texte est disponible.</numerusform>
            <numerusform>De %n fichiers, seul le texte est disponible.</numerusform>
        </translation>
    </message>
    <message>
        <source>What is there already is not copied again.</source>
        <translation>Ce qui s’y trouve déjà n’est pas copié à nouveau.</translation>
    </message>
    <message>
        <source>Counting…</source>
        <translation>Comptage…</translation>
    </message>
    <message>
        <source>What that server asks for storage is not known here.</source>
        <translation>Ce que ce serveur demande pour le stockage n’est pas connu ici.</translation>
    </message>
    <message>
        <source>Storing them costs nothing more.</source>
        <translation>Leur stockage ne coûte rien de plus.</translation>
    </message>
    <message>
        <source>Storing them costs about {0} $ more a day.</source>
        <translation>Leur stockage coûte environ {0}&#xa0;$ de plus par jour.</translation>
    </message>
    <message>
        <source>A new store at {0}</source>
        <translation>Une nouvelle base chez {0}</translation>
    </message>
    <message>
        <source>A new store on this machine</source>
        <translation>Une nouvelle base sur cette machine</translation>
    </message>
    <message>
        <source>“{0}” at {1}</source>
        <translation>«&#xa0;{0}&#xa0;» chez {1}</translation>
    </message>
    <message>
        <source>“{0}” on this machine</source>
        <translation>«&#xa0;{0}&#xa0;» sur cette machine</translation>
    </message>
</context>
<context>
    <name>Counts</name>
    <message numerus="yes">
        <source>%n file(s)</source>
        <translation>
            <numerusform>%n fichier</numerusform>
            <numerusform>%n fichiers</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n failed</source>
        <translation>
            <numerusform>%n en échec</numerusform>
            <numerusform>%n en échec</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n line(s) unchanged</source>
        <translation>
            <numerusform>%n ligne inchangée</numerusform>
            <numerusform>%n lignes inchangées</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n min ago</source>
        <translation>
            <numerusform>il y a %n min</numerusform>
            <numerusform>il y a %n min</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n h ago</source>
        <translation>
            <numerusform>il y a %n h</numerusform>
            <numerusform>il y a %n h</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n days ago</source>
        <translation>
            <numerusform>il y a %n jour</numerusform>
            <numerusform>il y a %n jours</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln token(s)</source>
        <translation>
            <numerusform>%Ln jeton</numerusform>
            <numerusform>%Ln jetons</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n passage(s)</source>
        <translation>
            <numerusform>%n passage</numerusform>
            <numerusform>%n passages</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln draft(s)</source>
        <translation>
            <numerusform>%Ln brouillon</numerusform>
            <numerusform>%Ln brouillons</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>CustomerPane</name>
    <message>
        <source>saved</source>
        <translation>enregistré</translation>
    </message>
    <message>
        <source>No customer</source>
        <translation>Aucun client</translation>
    </message>
    <message>
        <source>Who wrote, what you noted, and their other threads.</source>
        <translation>Qui a écrit, ce que vous avez noté, et ses autres fils.</translation>
    </message>
    <message>
        <source>&amp;Name</source>
        <translation>&amp;Nom</translation>
    </message>
    <message>
        <source>Name of the customer</source>
        <translation>Nom du client</translation>
    </message>
    <message>
        <source>Address of the customer</source>
        <translation>Adresse du client</translation>
    </message>
    <message>
        <source>N&amp;otes</source>
        <translation>N&amp;otes</translation>
    </message>
    <message>
        <source>Notes on the customer</source>
        <translation>Notes sur le client</translation>
    </message>
    <message>
        <source>For you and your team; never sent.</source>
        <translation>Pour vous et votre équipe&#xa0;; jamais envoyé.</translation>
    </message>
    <message>
        <source>Facts</source>
        <translation>Informations</translation>
    </message>
    <message>
        <source>Other threads</source>
        <translation>Autres fils</translation>
    </message>
    <message>
        <source>Other threads of this customer</source>
        <translation>Autres fils de ce client</translation>
    </message>
</context>
<context>
    <name>DetailsDialog</name>
    <message>
        <source>Details of the thread</source>
        <translation>Détails du fil</translation>
    </message>
    <message>
        <source>Metadata</source>
        <translation>Métadonnées</translation>
    </message>
    <message>
        <source>Order number, channel, anything that helps to find the thread again.</source>
        <translation>Numéro de commande, canal, tout ce qui aide à retrouver le fil.</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>Enregistrer</translation>
    </message>
</context>
<context>
    <name>DraftFoot</name>
    <message>
        <source>Copy</source>
        <translation>Copier</translation>
    </message>
    <message>
        <source>Copy the reply without its markers</source>
        <translation>Copier la réponse sans ses repères</translation>
    </message>
    <message>
        <source>Copy the reply</source>
        <translation>Copier la réponse</translation>
    </message>
    <message>
        <source>Mark as sent</source>
        <translation>Marquer comme envoyé</translation>
    </message>
    <message>
        <source>The text joins the conversation</source>
        <translation>Le texte rejoint la conversation</translation>
    </message>
    <message>
        <source>Earlier texts</source>
        <translation>Textes précédents</translation>
    </message>
    <message>
        <source>Earlier texts of this draft…</source>
        <translation>Textes précédents de ce brouillon…</translation>
    </message>
    <message>
        <source>Draft with options</source>
        <translation>Rédiger avec des options</translation>
    </message>
    <message>
        <source>Another model, instructions or limits for one draft…</source>
        <translation>Un autre modèle, d’autres instructions ou limites pour un brouillon…</translation>
    </message>
    <message>
        <source>State of the draft</source>
        <translation>État du brouillon</translation>
    </message>
    <message>
        <source>Size and cost of a draft</source>
        <translation>Taille et coût d’un brouillon</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>Arrêter</translation>
    </message>
    <message>
        <source>Stop writing; the text so far is kept</source>
        <translation>Arrêter la rédaction&#xa0;; le texte déjà écrit est gardé</translation>
    </message>
    <message>
        <source>Draft</source>
        <translation>Rédiger</translation>
    </message>
    <message>
        <source>Draft a reply from your files</source>
        <translation>Rédiger une réponse à partir de vos fichiers</translation>
    </message>
    <message>
        <source>sent to {0}</source>
        <translation>envoyé à {0}</translation>
    </message>
    <message>
        <source>stays on this machine</source>
        <translation>reste sur cette machine</translation>
    </message>
    <message>
        <source>saving…</source>
        <translation>enregistrement…</translation>
    </message>
    <message>
        <source>saved</source>
        <translation>enregistré</translation>
    </message>
    <message>
        <source>not saved, trying again: {0}</source>
        <translation>non enregistré, nouvel essai&#xa0;: {0}</translation>
    </message>
</context>
<context>
    <name>DraftPane</name>
    <message>
        <source>Draft of the reply</source>
        <translation>Brouillon de la réponse</translation>
    </message>
    <message>
        <source>Write the reply here, or press Draft ({0}) for a suggestion.</source>
        <translation>Écrivez la réponse ici, ou choisissez Rédiger ({0}) pour une suggestion.</translation>
    </message>
</context>
<context>
    <name>DraftStrip</name>
    <message>
        <source>Draft</source>
        <translation>Brouillon</translation>
    </message>
    <message>
        <source>Language of the reply</source>
        <translation>Langue de la réponse</translation>
    </message>
    <message>
        <source>Assistant</source>
        <translation>Assistant</translation>
    </message>
    <message>
        <source>The assistant that drafts</source>
        <translation>L’assistant qui rédige</translation>
    </message>
    <message>
        <source>Questions with a source</source>
        <translation>Questions avec source</translation>
    </message>
    <message>
        <source>Default: {0}</source>
        <translation>Par défaut&#xa0;: {0}</translation>
    </message>
    <message>
        <source>Default assistant</source>
        <translation>Assistant par défaut</translation>
    </message>
    <message>
        <source>Customer’s ({0})</source>
        <translation>Du client&#xa0;: {0}</translation>
    </message>
    <message>
        <source>Customer’s language</source>
        <translation>Langue du client</translation>
    </message>
    <message>
        <source>{0}/{1} sourced</source>
        <translation>{0}/{1} avec source</translation>
    </message>
    <message numerus="yes">
        <source>%n open</source>
        <translation>
            <numerusform>%n sans source</numerusform>
            <numerusform>%n sans source</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>DuplicatesDialog</name>
    <message>
        <source>Nearly the same</source>
        <translation>Presque identiques</translation>
    </message>
    <message>
        <source>These files say almost the same. An older one that stays may be quoted instead of the newer one.</source>
        <translation>Ces fichiers disent presque la même chose. Si l’ancien reste, il peut être cité à la place du nouveau.</translation>
    </message>
    <message>
        <source>Files with almost the same text</source>
        <translation>Fichiers au texte presque identique</translation>
    </message>
    <message>
        <source>See the text</source>
        <translation>Voir le texte</translation>
    </message>
    <message>
        <source>Remove…</source>
        <translation>Retirer…</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Fermer</translation>
    </message>
    <message numerus="yes">
        <source>cited by %n draft(s)</source>
        <translation>
            <numerusform>cité par %n brouillon</numerusform>
            <numerusform>cité par %n brouillons</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>FailureLine</name>
    <message>
        <source>Retry</source>
        <translation>Réessayer</translation>
    </message>
    <message>
        <source>Ask {0} for its stores again</source>
        <translation>Redemander ses bases à {0}</translation>
    </message>
</context>
<context>
    <name>Failures</name>
    <message>
        <source>{0}: {1}</source>
        <translation>{0}&#xa0;: {1}</translation>
    </message>
    <message>
        <source>Not all models are listed.</source>
        <translation>Des modèles manquent à la liste.</translation>
    </message>
</context>
<context>
    <name>FilesController</name>
    <message numerus="yes">
        <source>%n file(s) removed</source>
        <translation>
            <numerusform>%n fichier retiré</numerusform>
            <numerusform>%n fichiers retirés</numerusform>
        </translation>
    </message>
    <message>
        <source>Stopped. What was ready stays.</source>
        <translation>Arrêté. Ce qui était prêt reste.</translation>
    </message>
    <message>
        <source>No file there can be read. Known types: {0}</source>
        <translation>Aucun de ces fichiers ne peut être lu. Types reconnus&#xa0;: {0}</translation>
    </message>
    <message numerus="yes">
        <source>%n file(s) could not be added: their rows say why.</source>
        <translation>
            <numerusform>%n fichier n’a pas pu être ajouté&#xa0;: sa ligne dit pourquoi.</numerusform>
            <numerusform>%n fichiers n’ont pas pu être ajoutés&#xa0;: leurs lignes disent pourquoi.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n file(s) ready</source>
        <translation>
            <numerusform>%n fichier prêt</numerusform>
            <numerusform>%n fichiers prêts</numerusform>
        </translation>
    </message>
    <message>
        <source>Remove “{0}”?</source>
        <translation>Retirer «&#xa0;{0}&#xa0;»&#xa0;?</translation>
    </message>
    <message numerus="yes">
        <source>Remove %n file(s)?</source>
        <translation>
            <numerusform>Retirer %n fichier&#xa0;?</numerusform>
            <numerusform>Retirer %n fichiers&#xa0;?</numerusform>
        </translation>
    </message>
    <message>
        <source>The text leaves this store for good. The files on your disk stay as they are.</source>
        <translation>Le texte quitte cette base définitivement. Les fichiers de votre disque restent tels quels.</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>Retirer</translation>
    </message>
</context>
<context>
    <name>FilesHeader</name>
    <message>
        <source>Add files</source>
        <translation>Ajouter des fichiers</translation>
    </message>
    <message>
        <source>Add folder</source>
        <translation>Ajouter un dossier</translation>
    </message>
    <message>
        <source>More about this store</source>
        <translation>Autres actions sur cette base</translation>
    </message>
    <message>
        <source>Follow a folder…</source>
        <translation>Suivre un dossier…</translation>
    </message>
    <message>
        <source>Followed folders</source>
        <translation>Dossiers suivis</translation>
    </message>
    <message>
        <source>Retry failed</source>
        <translation>Réessayer les échecs</translation>
    </message>
    <message>
        <source>Rename</source>
        <translation>Renommer</translation>
    </message>
    <message>
        <source>Store settings…</source>
        <translation>Paramètres de la base…</translation>
    </message>
    <message>
        <source>Export…</source>
        <translation>Exporter…</translation>
    </message>
    <message>
        <source>Copy to…</source>
        <translation>Copier vers…</translation>
    </message>
    <message>
        <source>Delete store</source>
        <translation>Supprimer la base</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>Arrêter</translation>
    </message>
    <message>
        <source>Stop adding files; what is ready stays</source>
        <translation>Arrêter l’ajout de fichiers&#xa0;; ce qui est prêt reste</translation>
    </message>
    <message>
        <source>Progress of adding files</source>
        <translation>Avancement de l’ajout de fichiers</translation>
    </message>
    <message numerus="yes">
        <source>expires after %n day(s) without use</source>
        <translation>
            <numerusform>expire après %n jour sans usage</numerusform>
            <numerusform>expire après %n jours sans usage</numerusform>
        </translation>
    </message>
    <message>
        <source>{0} of {1} files</source>
        <translation>{0} fichiers sur {1}</translation>
    </message>
</context>
<context>
    <name>FilesPane</name>
    <message>
        <source>Filter by name</source>
        <translation>Filtrer par nom</translation>
    </message>
    <message>
        <source>Files of the store</source>
        <translation>Fichiers de la base</translation>
    </message>
    <message>
        <source>See the text</source>
        <translation>Voir le texte</translation>
    </message>
    <message>
        <source>Open the original</source>
        <translation>Ouvrir l’original</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Réessayer</translation>
    </message>
    <message>
        <source>Replace…</source>
        <translation>Remplacer…</translation>
    </message>
    <message>
        <source>Attributes…</source>
        <translation>Attributs…</translation>
    </message>
    <message>
        <source>Title, version, until when it is valid, for whom</source>
        <translation>Titre, version, date de validité, destinataires</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>Retirer</translation>
    </message>
    <message>
        <source>See the text that was read from the file (Enter)</source>
        <translation>Voir le texte lu dans le fichier (Entrée)</translation>
    </message>
    <message>
        <source>Put a new version in its place</source>
        <translation>Mettre une nouvelle version à sa place</translation>
    </message>
    <message>
        <source>List the files again</source>
        <translation>Lister de nouveau les fichiers</translation>
    </message>
    <message>
        <source>Knowledge for your replies</source>
        <translation>Des connaissances pour vos réponses</translation>
    </message>
    <message>
        <source>Make a store, then drop your files here: price lists, terms, manuals, answers.</source>
        <translation>Créez une base, puis déposez ici vos fichiers&#xa0;: tarifs, conditions, notices, réponses.</translation>
    </message>
    <message>
        <source>New store</source>
        <translation>Nouvelle base</translation>
    </message>
    <message>
        <source>Opening…</source>
        <translation>Ouverture…</translation>
    </message>
    <message>
        <source>No file yet</source>
        <translation>Pas encore de fichier</translation>
    </message>
    <message>
        <source>Drop files or folders here, or add them.</source>
        <translation>Déposez ici des fichiers ou des dossiers, ou ajoutez-les.</translation>
    </message>
    <message>
        <source>Add files</source>
        <translation>Ajouter des fichiers</translation>
    </message>
    <message>
        <source>{0} of {1}</source>
        <translation>{0} sur {1}</translation>
    </message>
    <message>
        <source>Drop to make a store of these files</source>
        <translation>Déposez pour créer une base avec ces fichiers</translation>
    </message>
    <message>
        <source>Drop to add to “{0}”</source>
        <translation>Déposez pour ajouter à «&#xa0;{0}&#xa0;»</translation>
    </message>
</context>
<context>
    <name>FolderCounts</name>
    <message numerus="yes">
        <source>%Ln added</source>
        <translation>
            <numerusform>%Ln ajouté</numerusform>
            <numerusform>%Ln ajoutés</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln changed</source>
        <translation>
            <numerusform>%Ln modifié</numerusform>
            <numerusform>%Ln modifiés</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln moved</source>
        <translation>
            <numerusform>%Ln déplacé</numerusform>
            <numerusform>%Ln déplacés</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln removed</source>
        <translation>
            <numerusform>%Ln supprimé</numerusform>
            <numerusform>%Ln supprimés</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>FolderDialog</name>
    <message>
        <source>Followed folder</source>
        <translation>Dossier suivi</translation>
    </message>
    <message>
        <source>Changes in the folder</source>
        <translation>Changements dans le dossier</translation>
    </message>
    <message>
        <source>File</source>
        <translation>Fichier</translation>
    </message>
    <message>
        <source>What happened</source>
        <translation>Ce qui s’est passé</translation>
    </message>
    <message>
        <source>All</source>
        <translation>Tous</translation>
    </message>
    <message>
        <source>Look for changes while the program runs</source>
        <translation>Chercher les changements tant que le programme est ouvert</translation>
    </message>
    <message>
        <source>Stop following</source>
        <translation>Ne plus suivre</translation>
    </message>
    <message>
        <source>The files that came from this folder stay in the store</source>
        <translation>Les fichiers venus de ce dossier restent dans la base</translation>
    </message>
    <message>
        <source>In this folder: {0}.</source>
        <translation>Dans ce dossier&#xa0;: {0}.</translation>
    </message>
    <message numerus="yes">
        <source>Take over %n change(s)</source>
        <translation>
            <numerusform>Reprendre&#xa0;%n changement</numerusform>
            <numerusform>Reprendre&#xa0;%n changements</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>FolderNews</name>
    <message>
        <source>Review…</source>
        <translation>Examiner…</translation>
    </message>
    <message>
        <source>Folder “{0}”: {1}</source>
        <translation>Dossier «&#xa0;{0}&#xa0;»&#xa0;: {1}</translation>
    </message>
</context>
<context>
    <name>Folders</name>
    <message>
        <source>not reachable now; its files stay in the store</source>
        <translation>inaccessible pour l’instant&#xa0;; ses fichiers restent dans la base</translation>
    </message>
    <message>
        <source>nothing changed</source>
        <translation>rien n’a changé</translation>
    </message>
    <message>
        <source>new: will be added</source>
        <translation>nouveau&#xa0;: sera ajouté</translation>
    </message>
    <message>
        <source>changed: becomes the newer version</source>
        <translation>modifié&#xa0;: devient la nouvelle version</translation>
    </message>
    <message>
        <source>moved: keeps its attributes</source>
        <translation>déplacé&#xa0;: garde ses attributs</translation>
    </message>
    <message>
        <source>removed: leaves the store for good</source>
        <translation>supprimé&#xa0;: quitte la base définitivement</translation>
    </message>
</context>
<context>
    <name>FoldersController</name>
    <message>
        <source>Send files with personal data?</source>
        <translation>Envoyer des fichiers contenant des données personnelles&#xa0;?</translation>
    </message>
    <message>
        <source>They hold {0}, and would leave this machine for the store’s server.</source>
        <translation>Ils contiennent {0}, et quitteraient cette machine pour le serveur de la base.</translation>
    </message>
    <message>
        <source>Send</source>
        <translation>Envoyer</translation>
    </message>
    <message numerus="yes">
        <source>%n file(s) removed</source>
        <translation>
            <numerusform>%n fichier retiré</numerusform>
            <numerusform>%n fichiers retirés</numerusform>
        </translation>
    </message>
    <message>
        <source>“{0}” is no longer followed; its files stay</source>
        <translation>«&#xa0;{0}&#xa0;» n’est plus suivi&#xa0;; ses fichiers restent</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>Annuler</translation>
    </message>
</context>
<context>
    <name>GeneralPage</name>
    <message>
        <source>Interface</source>
        <translation>Interface</translation>
    </message>
    <message>
        <source>Your replies</source>
        <translation>Vos réponses</translation>
    </message>
    <message>
        <source>As the system</source>
        <translation>Comme le système</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>Clair</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>Sombre</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>Langue</translation>
    </message>
    <message>
        <source>Of the interface; replies are written in the customer’s language.</source>
        <translation>Celle de l’interface&#xa0;; les réponses sont rédigées dans la langue du client.</translation>
    </message>
    <message>
        <source>Theme</source>
        <translation>Thème</translation>
    </message>
    <message>
        <source>Your name</source>
        <translation>Votre nom</translation>
    </message>
    <message>
        <source>Assistants use it where they say {{agent_name}}.</source>
        <translation>Les assistants l’emploient là où ils disent {{agent_name}}.</translation>
    </message>
    <message>
        <source>Signature</source>
        <translation>Signature</translation>
    </message>
    <message>
        <source>Ends every reply, unless the assistant has a signature of its own.</source>
        <translation>Termine chaque réponse, sauf si l’assistant a sa propre signature.</translation>
    </message>
    <message>
        <source>Changes on this page take effect at once.</source>
        <translation>Les changements de cette page prennent effet aussitôt.</translation>
    </message>
</context>
<context>
    <name>GenerationSection</name>
    <message>
        <source>Generation</source>
        <translation>Génération</translation>
    </message>
    <message>
        <source>None: the run fails and says why</source>
        <translation>Aucun&#xa0;: l’exécution échoue et dit pourquoi</translation>
    </message>
    <message>
        <source>A pair is not complete: see the sentence under it.</source>
        <translation>Une paire est incomplète&#xa0;: voyez la phrase au-dessous.</translation>
    </message>
    <message>
        <source>Fallback model</source>
        <translation>Modèle de secours</translation>
    </message>
    <message>
        <source>Asked where the model above fails before it has written anything.</source>
        <translation>Interrogé quand le modèle ci-dessus échoue avant d’avoir rien écrit.</translation>
    </message>
    <message>
        <source>Reasoning effort</source>
        <translation>Effort de raisonnement</translation>
    </message>
    <message>
        <source>Temperature</source>
        <translation>Température</translation>
    </message>
    <message>
        <source>From 0 to 2. Left empty, or where the model takes none, its own.</source>
        <translation>De 0 à 2. Laissée vide, ou si le modèle n’en accepte pas, la sienne.</translation>
    </message>
    <message>
        <source>Run in the background</source>
        <translation>Exécuter en arrière-plan</translation>
    </message>
    <message>
        <source>A long run goes on at the server when the connection is cut or the program is closed, and is found again. The server keeps mails and replies for a while.</source>
        <translation>Une longue exécution continue sur le serveur si la connexion est coupée ou le programme fermé, et elle est retrouvée. Le serveur garde mails et réponses un certain temps.</translation>
    </message>
    <message>
        <source>Prompt kept by the server</source>
        <translation>Prompt gardé par le serveur</translation>
    </message>
    <message>
        <source>Identifier of the prompt</source>
        <translation>Identifiant du prompt</translation>
    </message>
    <message>
        <source>It often begins with pmpt_. OpenAI’s own prompts end on 30 November 2026.</source>
        <translation>Il commence souvent par pmpt_. Les prompts d’OpenAI s’arrêtent le 30 novembre 2026.</translation>
    </message>
    <message>
        <source>Version of the prompt</source>
        <translation>Version du prompt</translation>
    </message>
    <message>
        <source>Variables of the prompt</source>
        <translation>Variables du prompt</translation>
    </message>
</context>
<context>
    <name>HealthController</name>
    <message>
        <source>Remove “{0}”?</source>
        <translation>Retirer «&#xa0;{0}&#xa0;»&#xa0;?</translation>
    </message>
    <message>
        <source>The text leaves this store for good. The files on your disk stay as they are.</source>
        <translation>Le texte quitte cette base pour de bon. Les fichiers de votre disque restent tels quels.</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>Retirer</translation>
    </message>
</context>
<context>
    <name>HealthPane</name>
    <message>
        <source>What the store needs</source>
        <translation>Ce dont la base a besoin</translation>
    </message>
    <message>
        <source>Look again</source>
        <translation>Regarder à nouveau</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Réessayer</translation>
    </message>
    <message>
        <source>Show the file</source>
        <translation>Montrer le fichier</translation>
    </message>
    <message>
        <source>Set valid until…</source>
        <translation>Fixer la validité…</translation>
    </message>
    <message>
        <source>Compare…</source>
        <translation>Comparer…</translation>
    </message>
    <message>
        <source>Write a note…</source>
        <translation>Écrire une note…</translation>
    </message>
    <message>
        <source>Search it</source>
        <translation>La chercher</translation>
    </message>
    <message>
        <source>Choose a store to see what it needs.</source>
        <translation>Choisissez une base pour voir ce dont elle a besoin.</translation>
    </message>
    <message>
        <source>Looking…</source>
        <translation>Examen…</translation>
    </message>
    <message numerus="yes">
        <source>%n thing(s) to look at</source>
        <translation>
            <numerusform>%n point à voir</numerusform>
            <numerusform>%n points à voir</numerusform>
        </translation>
    </message>
    <message>
        <source>Nothing to do: the store is well.</source>
        <translation>Rien à faire&#xa0;: la base se porte bien.</translation>
    </message>
</context>
<context>
    <name>HealthRows</name>
    <message>
        <source>Could not be read</source>
        <translation>Lecture impossible</translation>
    </message>
    <message>
        <source>Without text</source>
        <translation>Sans texte</translation>
    </message>
    <message>
        <source>Questions without an answer</source>
        <translation>Questions sans réponse</translation>
    </message>
    <message>
        <source>No longer valid</source>
        <translation>Périmés</translation>
    </message>
    <message>
        <source>Valid for 30 days at most</source>
        <translation>Valables 30 jours au plus</translation>
    </message>
    <message>
        <source>Nearly the same</source>
        <translation>Presque identiques</translation>
    </message>
    <message>
        <source>Partly scanned</source>
        <translation>En partie numérisés</translation>
    </message>
    <message>
        <source>Never cited</source>
        <translation>Jamais cités</translation>
    </message>
    <message>
        <source>Most cited</source>
        <translation>Les plus cités</translation>
    </message>
    <message>
        <source>valid until {0}</source>
        <translation>valable jusqu’au {0}</translation>
    </message>
    <message numerus="yes">
        <source>%n file(s) with almost the same text</source>
        <translation>
            <numerusform>%n fichier au texte presque identique</numerusform>
            <numerusform>%n fichiers au texte presque identique</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n page(s) without text</source>
        <translation>
            <numerusform>%n page sans texte</numerusform>
            <numerusform>%n pages sans texte</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>cited by %n draft(s)</source>
        <translation>
            <numerusform>cité par %n brouillon</numerusform>
            <numerusform>cité par %n brouillons</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>asked %n time(s)</source>
        <translation>
            <numerusform>posée %n fois</numerusform>
            <numerusform>posée %n fois</numerusform>
        </translation>
    </message>
    <message>
        <source>best score {0}</source>
        <translation>meilleur score {0}</translation>
    </message>
    <message>
        <source>nothing found</source>
        <translation>rien trouvé</translation>
    </message>
</context>
<context>
    <name>HistoryDialog</name>
    <message>
        <source>History of {0}</source>
        <translation>Historique&#xa0;: {0}</translation>
    </message>
    <message>
        <source>Versions</source>
        <translation>Versions</translation>
    </message>
    <message>
        <source>What differs</source>
        <translation>Différences</translation>
    </message>
    <message>
        <source>Compared with</source>
        <translation>Comparée à</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Fermer</translation>
    </message>
    <message>
        <source>Restore version {0}</source>
        <translation>Restaurer la version {0}</translation>
    </message>
    <message>
        <source>This is the current version</source>
        <translation>C’est la version actuelle</translation>
    </message>
    <message>
        <source>Makes version {0} with these settings; nothing is taken back</source>
        <translation>Crée la version {0} avec ces paramètres&#xa0;; rien n’est effacé</translation>
    </message>
    <message>
        <source>This is the only version: nothing to compare it with yet.</source>
        <translation>C’est la seule version&#xa0;: rien à quoi la comparer pour l’instant.</translation>
    </message>
</context>
<context>
    <name>IdentitySection</name>
    <message>
        <source>Identity</source>
        <translation>Identité</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Nom</translation>
    </message>
    <message>
        <source>Description</source>
        <translation>Description</translation>
    </message>
    <message>
        <source>For you and your colleagues; the model does not see it.</source>
        <translation>Pour vous et vos collègues&#xa0;; le modèle ne la voit pas.</translation>
    </message>
</context>
<context>
    <name>InstructionsSection</name>
    <message>
        <source>Instructions</source>
        <translation>Instructions</translation>
    </message>
    <message>
        <source>What the assistant is for, and how it answers</source>
        <translation>À quoi sert l’assistant, et comment il répond</translation>
    </message>
    <message>
        <source>Guardrails</source>
        <translation>Garde-fous</translation>
    </message>
    <message>
        <source>What it must never do or promise; added after the instructions.</source>
        <translation>Ce qu’il ne doit jamais faire ni promettre&#xa0;; ajouté après les instructions.</translation>
    </message>
    <message>
        <source>Insert a variable</source>
        <translation>Insérer une variable</translation>
    </message>
    <message>
        <source>A variable is filled from the thread when a reply is drafted</source>
        <translation>Une variable est remplie d’après le fil à la rédaction d’une réponse</translation>
    </message>
    <message>
        <source>the customer’s name</source>
        <translation>le nom du client</translation>
    </message>
    <message>
        <source>the customer’s address</source>
        <translation>l’adresse du client</translation>
    </message>
    <message>
        <source>the thread’s subject</source>
        <translation>l’objet du fil</translation>
    </message>
    <message>
        <source>your name, from the settings</source>
        <translation>votre nom, tiré des paramètres</translation>
    </message>
    <message>
        <source>today’s date</source>
        <translation>la date du jour</translation>
    </message>
    <message>
        <source>the language of the reply</source>
        <translation>la langue de la réponse</translation>
    </message>
    <message numerus="yes">
        <source>%Ln character(s)</source>
        <translation>
            <numerusform>%Ln caractère</numerusform>
            <numerusform>%Ln caractères</numerusform>
        </translation>
    </message>
    <message>
        <source>Not known, left as it stands: {0}</source>
        <translation>Inconnu, laissé tel quel&#xa0;: {0}</translation>
    </message>
</context>
<context>
    <name>KeyField</name>
    <message>
        <source>It is kept in the system’s keyring, never in a file.</source>
        <translation>Elle est gardée dans le trousseau du système, jamais dans un fichier.</translation>
    </message>
    <message>
        <source>No keyring was found: it is kept in memory until you close the program.</source>
        <translation>Aucun trousseau n’a été trouvé&#xa0;: elle est gardée en mémoire jusqu’à la fermeture du programme.</translation>
    </message>
    <message>
        <source>Key</source>
        <translation>Clé</translation>
    </message>
    <message>
        <source>kept in the system’s keyring</source>
        <translation>gardée dans le trousseau du système</translation>
    </message>
    <message>
        <source>kept in memory</source>
        <translation>gardée en mémoire</translation>
    </message>
    <message>
        <source>The address has changed: enter the key again. The kept one is for {0} alone.</source>
        <translation>L’adresse a changé&#xa0;: saisissez de nouveau la clé. Celle qui est gardée ne vaut que pour {0}.</translation>
    </message>
    <message>
        <source>Hide the key</source>
        <translation>Masquer la clé</translation>
    </message>
    <message>
        <source>Show the key</source>
        <translation>Afficher la clé</translation>
    </message>
</context>
<context>
    <name>LabColumn</name>
    <message>
        <source>only here</source>
        <translation>seulement ici</translation>
    </message>
    <message numerus="yes">
        <source>↑ %n higher</source>
        <translation>
            <numerusform>↑ %n plus haut</numerusform>
            <numerusform>↑ %n plus haut</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>↓ %n lower</source>
        <translation>
            <numerusform>↓ %n plus bas</numerusform>
            <numerusform>↓ %n plus bas</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>LabDialog</name>
    <message>
        <source>Compare settings</source>
        <translation>Comparer des réglages</translation>
    </message>
    <message>
        <source>Words or a question</source>
        <translation>Des mots ou une question</translation>
    </message>
    <message>
        <source>Settings A</source>
        <translation>Réglages A</translation>
    </message>
    <message>
        <source>Settings B</source>
        <translation>Réglages B</translation>
    </message>
    <message>
        <source>Found with settings A</source>
        <translation>Trouvé avec les réglages A</translation>
    </message>
    <message>
        <source>Found with settings B</source>
        <translation>Trouvé avec les réglages B</translation>
    </message>
    <message>
        <source>Nothing is found with these settings.</source>
        <translation>Rien n’est trouvé avec ces réglages.</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Fermer</translation>
    </message>
</context>
<context>
    <name>LimitsSection</name>
    <message>
        <source>Limits</source>
        <translation>Limites</translation>
    </message>
    <message>
        <source>Passages</source>
        <translation>Passages</translation>
    </message>
    <message>
        <source>The most a search may bring: 1 to 50.</source>
        <translation>Nombre maximal par recherche&#xa0;: de 1 à 50.</translation>
    </message>
    <message>
        <source>Score threshold</source>
        <translation>Seuil de score</translation>
    </message>
    <message>
        <source>Passages below it are left out: from 0 (none) to 1 (all).</source>
        <translation>Les passages en dessous sont écartés&#xa0;: de 0 (aucun) à 1 (tous).</translation>
    </message>
    <message>
        <source>Output tokens</source>
        <translation>Jetons en sortie</translation>
    </message>
    <message>
        <source>The most a reply may be long. Left empty, there is no limit.</source>
        <translation>Longueur maximale d’une réponse. Laissé vide&#xa0;: pas de limite.</translation>
    </message>
    <message>
        <source>Budget (US dollars)</source>
        <translation>Budget (dollars américains)</translation>
    </message>
    <message>
        <source>The most one draft may cost. Left empty, there is no limit.</source>
        <translation>Coût maximal d’un brouillon. Laissé vide&#xa0;: pas de limite.</translation>
    </message>
    <message>
        <source>No limit</source>
        <translation>Sans limite</translation>
    </message>
</context>
<context>
    <name>ListPane</name>
    <message>
        <source>Filter threads</source>
        <translation>Filtrer les fils</translation>
    </message>
    <message>
        <source>Filter by subject, customer or text</source>
        <translation>Filtrer par objet, client ou texte</translation>
    </message>
    <message>
        <source>Threads</source>
        <translation>Fils</translation>
    </message>
    <message>
        <source>Delete thread</source>
        <translation>Supprimer le fil</translation>
    </message>
    <message>
        <source>No thread matches this filter.</source>
        <translation>Aucun fil ne correspond à ce filtre.</translation>
    </message>
    <message>
        <source>Threads appear here.</source>
        <translation>Les fils apparaissent ici.</translation>
    </message>
</context>
<context>
    <name>LookCounts</name>
    <message numerus="yes">
        <source>%Ln file(s) will be added</source>
        <translation>
            <numerusform>%Ln fichier sera ajouté</numerusform>
            <numerusform>%Ln fichiers seront ajoutés</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln cannot be read</source>
        <translation>
            <numerusform>%Ln ne peut pas être lu</numerusform>
            <numerusform>%Ln ne peuvent pas être lus</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln already there</source>
        <translation>
            <numerusform>%Ln déjà présent</numerusform>
            <numerusform>%Ln déjà présents</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln left out</source>
        <translation>
            <numerusform>%Ln laissé de côté</numerusform>
            <numerusform>%Ln laissés de côté</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln page(s) without text</source>
        <translation>
            <numerusform>%Ln page sans texte</numerusform>
            <numerusform>%Ln pages sans texte</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>MailIntake</name>
    <message>
        <source>The pasted mail</source>
        <translation>Le mail collé</translation>
    </message>
</context>
<context>
    <name>MailNotice</name>
    <message numerus="yes">
        <source>%n mail(s) could not be opened</source>
        <translation>
            <numerusform>%n mail n’a pas pu être ouvert</numerusform>
            <numerusform>%n mails n’ont pas pu être ouverts</numerusform>
        </translation>
    </message>
    <message>
        <source>Mails that could not be opened</source>
        <translation>Mails qui n’ont pas pu être ouverts</translation>
    </message>
</context>
<context>
    <name>MainWindow</name>
    <message>
        <source>The program could not be opened</source>
        <translation>Le programme n’a pas pu s’ouvrir</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Fermer</translation>
    </message>
    <message>
        <source>Threads</source>
        <translation>Fils</translation>
    </message>
    <message>
        <source>Vector stores</source>
        <translation>Bases vectorielles</translation>
    </message>
    <message>
        <source>Assistants</source>
        <translation>Assistants</translation>
    </message>
    <message>
        <source>&amp;File</source>
        <translation>&amp;Fichier</translation>
    </message>
    <message>
        <source>&amp;View</source>
        <translation>&amp;Affichage</translation>
    </message>
    <message>
        <source>&amp;Help</source>
        <translation>Ai&amp;de</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>Langue</translation>
    </message>
    <message>
        <source>Theme</source>
        <translation>Thème</translation>
    </message>
    <message>
        <source>Open mail…</source>
        <translation>Ouvrir un mail…</translation>
    </message>
    <message>
        <source>Paste a mail…</source>
        <translation>Coller un mail…</translation>
    </message>
    <message>
        <source>Load the sample shop</source>
        <translation>Charger la boutique d’exemple</translation>
    </message>
    <message>
        <source>Settings…</source>
        <translation>Paramètres…</translation>
    </message>
    <message>
        <source>Quit</source>
        <translation>Quitter</translation>
    </message>
    <message>
        <source>Open the log folder</source>
        <translation>Ouvrir le dossier du journal</translation>
    </message>
    <message>
        <source>About IAPoste Desktop</source>
        <translation>À propos d’IAPoste Desktop</translation>
    </message>
    <message>
        <source>Tasks</source>
        <translation>Tâches</translation>
    </message>
    <message>
        <source>Show uploads and drafts under way</source>
        <translation>Montrer les ajouts de fichiers et les brouillons en cours</translation>
    </message>
    <message>
        <source>As the system</source>
        <translation>Comme le système</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>Clair</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>Sombre</translation>
    </message>
</context>
<context>
    <name>MeaningChoice</name>
    <message>
        <source>Choose or type a model.</source>
        <translation>Choisissez ou saisissez un modèle.</translation>
    </message>
    <message>
        <source>Search by meaning</source>
        <translation>Recherche par le sens</translation>
    </message>
    <message>
        <source>Embedding model</source>
        <translation>Modèle de plongement (embedding)</translation>
    </message>
    <message>
        <source>Off: by words alone</source>
        <translation>Non&#xa0;: par les mots seuls</translation>
    </message>
    <message>
        <source>A connection that is gone</source>
        <translation>Une connexion qui n’existe plus</translation>
    </message>
    <message>
        <source>The text of its files, and every search in it, are sent to {0}.</source>
        <translation>Le texte de ses fichiers, et chaque recherche, sont envoyés à {0}.</translation>
    </message>
    <message>
        <source>The text of its files, and every search in it, are sent to {0}, on this machine.</source>
        <translation>Le texte de ses fichiers, et chaque recherche, sont envoyés à {0}, sur cette machine.</translation>
    </message>
    <message>
        <source>For its files as they are: {0}, {1}.</source>
        <translation>Pour ses fichiers actuels&#xa0;: {0}, {1}.</translation>
    </message>
    <message>
        <source>By words alone for now: {0}</source>
        <translation>Par les mots seuls pour l’instant&#xa0;: {0}</translation>
    </message>
    <message>
        <source>By words alone until all is ready: {0} of {1} passages.</source>
        <translation>Par les mots seuls tant que tout n’est pas prêt&#xa0;: {0} passages sur {1}.</translation>
    </message>
    <message>
        <source>All passages are ready.</source>
        <translation>Tous les passages sont prêts.</translation>
    </message>
</context>
<context>
    <name>MetadataEditor</name>
    <message>
        <source>Add a pair</source>
        <translation>Ajouter une paire</translation>
    </message>
    <message>
        <source>Key</source>
        <translation>Clé</translation>
    </message>
    <message>
        <source>Key of pair {0}</source>
        <translation>Clé de la paire {0}</translation>
    </message>
    <message>
        <source>Value</source>
        <translation>Valeur</translation>
    </message>
    <message>
        <source>Value of pair {0}</source>
        <translation>Valeur de la paire {0}</translation>
    </message>
    <message>
        <source>Remove pair {0}</source>
        <translation>Retirer la paire {0}</translation>
    </message>
    <message>
        <source>Remove this pair</source>
        <translation>Retirer cette paire</translation>
    </message>
    <message>
        <source>{0} of {1}</source>
        <translation>{0} sur {1}</translation>
    </message>
    <message>
        <source>Give this value a key.</source>
        <translation>Donnez une clé à cette valeur.</translation>
    </message>
    <message>
        <source>A key has at most {0} characters.</source>
        <translation>Une clé compte au plus {0} caractères.</translation>
    </message>
    <message>
        <source>A value has at most {0} characters.</source>
        <translation>Une valeur compte au plus {0} caractères.</translation>
    </message>
    <message>
        <source>Another pair has this key.</source>
        <translation>Une autre paire a cette clé.</translation>
    </message>
</context>
<context>
    <name>MetadataSection</name>
    <message>
        <source>A pair is not complete: see the sentence under it.</source>
        <translation>Une paire est incomplète&#xa0;: voyez la phrase en dessous.</translation>
    </message>
    <message>
        <source>Metadata</source>
        <translation>Métadonnées</translation>
    </message>
    <message>
        <source>Pairs of your own, for other programs; exported with the assistant.</source>
        <translation>Vos propres paires, pour d’autres programmes&#xa0;; exportées avec l’assistant.</translation>
    </message>
</context>
<context>
    <name>ModelSection</name>
    <message>
        <source>Model</source>
        <translation>Modèle</translation>
    </message>
    <message>
        <source>It finds the sentences that answer and quotes them, in the language, form of address and length chosen above. Instructions, guardrails and tone are for language models.</source>
        <translation>Il trouve les phrases qui répondent et les cite, dans la langue, le registre et la longueur choisis ci-dessus. Les instructions, les garde-fous et le ton sont pour les modèles de langage.</translation>
    </message>
</context>
<context>
    <name>MovesController</name>
    <message>
        <source>Export “{0}”</source>
        <translation>Exporter «&#xa0;{0}&#xa0;»</translation>
    </message>
    <message>
        <source>The export was stopped; nothing was written.</source>
        <translation>L’export a été arrêté&#xa0;; rien n’a été écrit.</translation>
    </message>
    <message numerus="yes">
        <source>Exported, but %n file(s) are not in it: nothing of them is here.</source>
        <translation>
            <numerusform>Exporté, mais %n fichier n’y est pas&#xa0;: rien de lui n’est ici.</numerusform>
            <numerusform>Exporté, mais %n fichiers n’y sont pas&#xa0;: rien d’eux n’est ici.</numerusform>
        </translation>
    </message>
    <message>
        <source>“{0}” was exported to {1}</source>
        <translation>«&#xa0;{0}&#xa0;» a été exportée dans {1}</translation>
    </message>
    <message>
        <source>The import was stopped; nothing was made.</source>
        <translation>L’import a été arrêté&#xa0;; rien n’a été créé.</translation>
    </message>
    <message>
        <source>“{0}” was imported. Damaged in the archive, and left out: {1}</source>
        <translation>«&#xa0;{0}&#xa0;» a été importée. Endommagés dans l’archive, et laissés de côté&#xa0;: {1}</translation>
    </message>
    <message>
        <source>“{0}” was imported</source>
        <translation>«&#xa0;{0}&#xa0;» a été importée</translation>
    </message>
    <message>
        <source>Copied, but nothing could be had of: {0}</source>
        <translation>Copié, mais rien n’a pu être obtenu de&#xa0;: {0}</translation>
    </message>
    <message>
        <source>Copied into “{0}”</source>
        <translation>Copié dans «&#xa0;{0}&#xa0;»</translation>
    </message>
    <message>
        <source>Stopped. What was ready stays; begun again, it goes on from there.</source>
        <translation>Arrêté. Ce qui était prêt reste&#xa0;; relancé, cela reprend de là.</translation>
    </message>
    <message numerus="yes">
        <source>%n file(s) could not be added: their rows say why.</source>
        <translation>
            <numerusform>%n fichier n’a pas pu être ajouté&#xa0;: sa ligne dit pourquoi.</numerusform>
            <numerusform>%n fichiers n’ont pas pu être ajoutés&#xa0;: leurs lignes disent pourquoi.</numerusform>
        </translation>
    </message>
    <message>
        <source>Exported stores</source>
        <translation>Bases exportées</translation>
    </message>
</context>
<context>
    <name>NoteDialog</name>
    <message>
        <source>Knowledge note</source>
        <translation>Note de connaissance</translation>
    </message>
    <message>
        <source>Nothing is saved before you approve. Read it through: a name or a detail of the customer may remain.</source>
        <translation>Rien n’est enregistré avant votre accord. Relisez-la&#xa0;: un nom ou un détail du client peut y rester.</translation>
    </message>
    <message>
        <source>&amp;Title</source>
        <translation>&amp;Titre</translation>
    </message>
    <message>
        <source>Markdown: # headings, - lists, **bold**.</source>
        <translation>Markdown&#xa0;: # titres, - listes, **gras**.</translation>
    </message>
    <message>
        <source>Te&amp;xt</source>
        <translation>Te&amp;xte</translation>
    </message>
    <message>
        <source>&amp;Store</source>
        <translation>&amp;Base</translation>
    </message>
    <message>
        <source>For &amp;whom</source>
        <translation>&amp;Pour qui</translation>
    </message>
    <message>
        <source>As its store says</source>
        <translation>Comme sa base</translation>
    </message>
    <message>
        <source>Customers</source>
        <translation>Clients</translation>
    </message>
    <message>
        <source>Internal</source>
        <translation>Interne</translation>
    </message>
    <message>
        <source>&amp;Valid until</source>
        <translation>&amp;Valable jusqu’au</translation>
    </message>
    <message>
        <source>Valid until</source>
        <translation>Valable jusqu’au</translation>
    </message>
    <message>
        <source>Approve and add to the store</source>
        <translation>Approuver et ajouter à la base</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Annuler</translation>
    </message>
    <message>
        <source>Give the note a title.</source>
        <translation>Donnez un titre à la note.</translation>
    </message>
    <message>
        <source>Write what the next reply should say.</source>
        <translation>Écrivez ce que la prochaine réponse doit dire.</translation>
    </message>
    <message>
        <source>Make a store first: the note is kept in it.</source>
        <translation>Créez d’abord une base&#xa0;: la note y est gardée.</translation>
    </message>
</context>
<context>
    <name>NotesController</name>
    <message>
        <source>Discard the note “{0}”, which was not saved?</source>
        <translation>Abandonner la note «&#xa0;{0}&#xa0;», qui n’a pas été enregistrée&#xa0;?</translation>
    </message>
    <message>
        <source>Else it is opened, and you can go on with it.</source>
        <translation>Sinon elle s’ouvre, et vous pouvez la poursuivre.</translation>
    </message>
    <message>
        <source>Discard it</source>
        <translation>L’abandonner</translation>
    </message>
    <message>
        <source>The note “{0}” was not saved yet.</source>
        <translation>La note «&#xa0;{0}&#xa0;» n’a pas encore été enregistrée.</translation>
    </message>
    <message>
        <source>Go on</source>
        <translation>Poursuivre</translation>
    </message>
    <message>
        <source>The note could not be read: its row in the store says why.</source>
        <translation>La note n’a pas pu être lue&#xa0;: sa ligne dans la base dit pourquoi.</translation>
    </message>
    <message>
        <source>The note “{0}” is in the store.</source>
        <translation>La note «&#xa0;{0}&#xa0;» est dans la base.</translation>
    </message>
    <message>
        <source>Discard this note?</source>
        <translation>Abandonner cette note&#xa0;?</translation>
    </message>
    <message>
        <source>What you typed is not kept.</source>
        <translation>Ce que vous avez saisi n’est pas gardé.</translation>
    </message>
</context>
<context>
    <name>Notice</name>
    <message>
        <source>Close this message</source>
        <translation>Fermer ce message</translation>
    </message>
</context>
<context>
    <name>OpenAssistant</name>
    <message>
        <source>It was changed elsewhere: there is a version {0} now. Your edits are kept.</source>
        <translation>Il a été modifié ailleurs&#xa0;: il existe maintenant une version {0}. Vos modifications sont gardées.</translation>
    </message>
    <message>
        <source>Load version {0}</source>
        <translation>Charger la version {0}</translation>
    </message>
    <message>
        <source>It was deleted elsewhere. Your edits are kept: restore it to save them.</source>
        <translation>Il a été supprimé ailleurs. Vos modifications sont gardées&#xa0;: restaurez-le pour les enregistrer.</translation>
    </message>
    <message>
        <source>Restore</source>
        <translation>Restaurer</translation>
    </message>
</context>
<context>
    <name>OptionsDialog</name>
    <message>
        <source>Draft with options</source>
        <translation>Rédiger avec des options</translation>
    </message>
    <message>
        <source>this machine</source>
        <translation>cette machine</translation>
    </message>
    <message>
        <source>As the assistant says</source>
        <translation>Selon l’assistant</translation>
    </message>
    <message>
        <source>&amp;Model</source>
        <translation>&amp;Modèle</translation>
    </message>
    <message>
        <source>Assistant’s own</source>
        <translation>Selon l’assistant</translation>
    </message>
    <message>
        <source>&amp;Instructions for this draft</source>
        <translation>&amp;Instructions pour ce brouillon</translation>
    </message>
    <message>
        <source>They follow the assistant’s own.</source>
        <translation>Elles suivent celles de l’assistant.</translation>
    </message>
    <message>
        <source>&amp;Replace the assistant’s own instructions</source>
        <translation>&amp;Remplacer les instructions de l’assistant</translation>
    </message>
    <message>
        <source>&amp;Output tokens</source>
        <translation>&amp;Jetons en sortie</translation>
    </message>
    <message>
        <source>&amp;Passages</source>
        <translation>&amp;Passages</translation>
    </message>
    <message>
        <source>&amp;Budget (US dollars)</source>
        <translation>&amp;Budget (dollars américains)</translation>
    </message>
    <message>
        <source>&amp;Count what would be sent</source>
        <translation>&amp;Compter ce qui serait envoyé</translation>
    </message>
    <message>
        <source>The mail goes to the provider to be counted; nothing is written or billed</source>
        <translation>Le mail part chez le fournisseur pour être compté&#xa0;; rien n’est rédigé ni facturé</translation>
    </message>
    <message>
        <source>&amp;Draft</source>
        <translation>Ré&amp;diger</translation>
    </message>
    <message>
        <source>Draft a reply with these options</source>
        <translation>Rédiger une réponse avec ces options</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Annuler</translation>
    </message>
    <message>
        <source>the provider did not count; this is our estimate</source>
        <translation>le fournisseur n’a pas compté&#xa0;; c’est notre estimation</translation>
    </message>
</context>
<context>
    <name>PagePane</name>
    <message>
        <source>Smaller</source>
        <translation>Réduire</translation>
    </message>
    <message>
        <source>Larger</source>
        <translation>Agrandir</translation>
    </message>
    <message>
        <source>Fit the width</source>
        <translation>Ajuster à la largeur</translation>
    </message>
    <message>
        <source>Page</source>
        <translation>Page</translation>
    </message>
    <message>
        <source>Page {0} of {1} of {2}</source>
        <translation>Page {0} sur {1} de {2}</translation>
    </message>
    <message>
        <source>marked: {0}</source>
        <translation>surligné&#xa0;: {0}</translation>
    </message>
</context>
<context>
    <name>PasteDialog</name>
    <message>
        <source>Paste a mail</source>
        <translation>Coller un mail</translation>
    </message>
    <message>
        <source>&amp;Text of the mail</source>
        <translation>&amp;Texte du mail</translation>
    </message>
    <message>
        <source>Paste the customer’s mail here, with its heading if you have it.</source>
        <translation>Collez ici le mail du client, avec son en-tête si vous l’avez.</translation>
    </message>
    <message>
        <source>&amp;Customer’s name</source>
        <translation>&amp;Nom du client</translation>
    </message>
    <message>
        <source>Customer’s &amp;address</source>
        <translation>&amp;Adresse du client</translation>
    </message>
    <message>
        <source>Name and address are needed only where the text does not say them.</source>
        <translation>Le nom et l’adresse ne sont utiles que si le texte ne les donne pas.</translation>
    </message>
    <message>
        <source>Add the mail</source>
        <translation>Ajouter le mail</translation>
    </message>
</context>
<context>
    <name>Preflight</name>
    <message>
        <source>Name</source>
        <translation>Nom</translation>
    </message>
    <message>
        <source>State</source>
        <translation>État</translation>
    </message>
    <message>
        <source>Pages</source>
        <translation>Pages</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>Langue</translation>
    </message>
    <message>
        <source>≈ Tokens</source>
        <translation>≈ Jetons</translation>
    </message>
    <message>
        <source>Personal data</source>
        <translation>Données personnelles</translation>
    </message>
    <message>
        <source>What to do</source>
        <translation>Que faire</translation>
    </message>
    <message>
        <source>What it costs to keep them there is not known.</source>
        <translation>Ce que coûte leur conservation n’est pas connu.</translation>
    </message>
    <message>
        <source>Keeping them there costs nothing more.</source>
        <translation>Leur conservation ne coûte rien de plus.</translation>
    </message>
    <message>
        <source>Keeping them there costs about {0} $ a day.</source>
        <translation>Leur conservation coûte environ {0}&#xa0;$ par jour.</translation>
    </message>
    <message>
        <source>the same as “{0}” in this list</source>
        <translation>identique à «&#xa0;{0}&#xa0;» dans cette liste</translation>
    </message>
    <message>
        <source>already there as “{0}”</source>
        <translation>déjà présent sous le nom «&#xa0;{0}&#xa0;»</translation>
    </message>
    <message>
        <source>another version of “{0}”</source>
        <translation>autre version de «&#xa0;{0}&#xa0;»</translation>
    </message>
    <message>
        <source>taken as it is: this machine cannot read its type</source>
        <translation>pris tel quel&#xa0;: cette machine ne lit pas ce type</translation>
    </message>
    <message>
        <source>good</source>
        <translation>bon</translation>
    </message>
    <message>
        <source>add</source>
        <translation>ajouter</translation>
    </message>
    <message>
        <source>replace</source>
        <translation>remplacer</translation>
    </message>
    <message>
        <source>leave out</source>
        <translation>laisser de côté</translation>
    </message>
</context>
<context>
    <name>PreflightDialog</name>
    <message>
        <source>Add to “{0}”</source>
        <translation>Ajouter à «&#xa0;{0}&#xa0;»</translation>
    </message>
    <message>
        <source>Only what needs a look</source>
        <translation>Seulement ce qui demande attention</translation>
    </message>
    <message>
        <source>Files to be added</source>
        <translation>Fichiers à ajouter</translation>
    </message>
    <message>
        <source>How many files were looked at</source>
        <translation>Nombre de fichiers examinés</translation>
    </message>
    <message>
        <source>Add beside it</source>
        <translation>Ajouter à côté</translation>
    </message>
    <message>
        <source>Replace</source>
        <translation>Remplacer</translation>
    </message>
    <message>
        <source>Leave out</source>
        <translation>Laisser de côté</translation>
    </message>
    <message numerus="yes">
        <source>Add %n file(s)</source>
        <translation>
            <numerusform>Ajouter&#xa0;%n fichier</numerusform>
            <numerusform>Ajouter&#xa0;%n fichiers</numerusform>
        </translation>
    </message>
    <message>
        <source>What the store has already:</source>
        <translation>Ce que la base contient déjà&#xa0;:</translation>
    </message>
    <message numerus="yes">
        <source>%n selected:</source>
        <translation>
            <numerusform>%n sélectionné&#xa0;:</numerusform>
            <numerusform>%n sélectionnés&#xa0;:</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>PriceModel</name>
    <message>
        <source>The cell stays as it was.</source>
        <translation>La cellule reste comme elle était.</translation>
    </message>
    <message>
        <source>edited</source>
        <translation>modifié</translation>
    </message>
    <message>
        <source>shipped</source>
        <translation>fourni</translation>
    </message>
    <message>
        <source>Provider</source>
        <translation>Fournisseur</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>Modèle</translation>
    </message>
    <message>
        <source>Valid from</source>
        <translation>Valable dès le</translation>
    </message>
    <message>
        <source>Input</source>
        <translation>Entrée</translation>
    </message>
    <message>
        <source>Cached input</source>
        <translation>Entrée en cache</translation>
    </message>
    <message>
        <source>Output</source>
        <translation>Sortie</translation>
    </message>
    <message>
        <source>Origin</source>
        <translation>Origine</translation>
    </message>
</context>
<context>
    <name>PricesController</name>
    <message>
        <source>Your prices have edits that are not saved.</source>
        <translation>Vos prix ont des modifications non enregistrées.</translation>
    </message>
    <message>
        <source>Saved.</source>
        <translation>Enregistré.</translation>
    </message>
    <message>
        <source>Row {0} needs a model, an input price and an output price.</source>
        <translation>La ligne {0} demande un modèle, un prix d’entrée et un prix de sortie.</translation>
    </message>
    <message>
        <source>Rows {0} and {1} are of the same model and day.</source>
        <translation>Les lignes {0} et {1} sont du même modèle et du même jour.</translation>
    </message>
</context>
<context>
    <name>PricesPage</name>
    <message>
        <source>US dollars per million tokens. Your own rows come before those the program came with; the latest that is valid counts. Without a price the cost of a draft is unknown, never zero.</source>
        <translation>En dollars américains par million de jetons. Vos lignes passent avant celles fournies avec le programme&#xa0;; la plus récente valable compte. Sans prix, le coût d’un brouillon est inconnu, jamais nul.</translation>
    </message>
    <message>
        <source>Prices</source>
        <translation>Prix</translation>
    </message>
    <message>
        <source>Add</source>
        <translation>Ajouter</translation>
    </message>
    <message>
        <source>Change this price</source>
        <translation>Modifier ce prix</translation>
    </message>
    <message>
        <source>Makes a row of your own from the one that is selected, valid from today</source>
        <translation>Crée une ligne à vous à partir de celle qui est choisie, valable dès aujourd’hui</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>Supprimer</translation>
    </message>
    <message>
        <source>Restore</source>
        <translation>Rétablir</translation>
    </message>
    <message>
        <source>Removes all your rows: the prices the program came with hold again</source>
        <translation>Supprime toutes vos lignes&#xa0;: les prix fournis avec le programme valent de nouveau</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>Enregistrer</translation>
    </message>
    <message>
        <source>Keep these prices</source>
        <translation>Garder ces prix</translation>
    </message>
    <message>
        <source>Not saved yet</source>
        <translation>Pas encore enregistré</translation>
    </message>
</context>
<context>
    <name>ProviderDelegate</name>
    <message>
        <source>Provider</source>
        <translation>Fournisseur</translation>
    </message>
</context>
<context>
    <name>QShortcut</name>
    <message>
        <source>Return</source>
        <translation>Entrée</translation>
    </message>
</context>
<context>
    <name>Questions</name>
    <message>
        <source>Discard my edits</source>
        <translation>Abandonner mes modifications</translation>
    </message>
</context>
<context>
    <name>RenameDialog</name>
    <message>
        <source>Rename the thread</source>
        <translation>Renommer le fil</translation>
    </message>
    <message>
        <source>&amp;Subject</source>
        <translation>&amp;Objet</translation>
    </message>
    <message>
        <source>Rename</source>
        <translation>Renommer</translation>
    </message>
</context>
<context>
    <name>Reply</name>
    <message>
        <source>The reply is copied, without its markers.</source>
        <translation>La réponse est copiée, sans ses repères.</translation>
    </message>
    <message>
        <source>Sent: the reply joined the conversation.</source>
        <translation>Envoyé&#xa0;: la réponse a rejoint la conversation.</translation>
    </message>
</context>
<context>
    <name>Reports</name>
    <message numerus="yes">
        <source>%n model(s)</source>
        <translation>
            <numerusform>%n modèle</numerusform>
            <numerusform>%n modèles</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{0} is running here (%n model(s))</source>
        <translation>
            <numerusform>{0} tourne ici (%n modèle)</numerusform>
            <numerusform>{0} tourne ici (%n modèles)</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>RevisionsDialog</name>
    <message>
        <source>Earlier texts of this draft</source>
        <translation>Textes précédents de ce brouillon</translation>
    </message>
    <message>
        <source>Earlier texts</source>
        <translation>Textes précédents</translation>
    </message>
    <message>
        <source>The earlier text</source>
        <translation>Le texte précédent</translation>
    </message>
    <message>
        <source>Texts that were replaced, emptied or sent are kept here. There are none yet.</source>
        <translation>Les textes remplacés, vidés ou envoyés sont gardés ici. Il n’y en a pas encore.</translation>
    </message>
    <message>
        <source>Bring back</source>
        <translation>Reprendre</translation>
    </message>
    <message>
        <source>accepted suggestion</source>
        <translation>suggestion acceptée</translation>
    </message>
    <message>
        <source>before a suggestion was accepted</source>
        <translation>avant l’acceptation d’une suggestion</translation>
    </message>
    <message>
        <source>before it was emptied</source>
        <translation>avant d’être vidé</translation>
    </message>
    <message>
        <source>before an earlier text was brought back</source>
        <translation>avant la reprise d’un texte précédent</translation>
    </message>
    <message>
        <source>as it was sent</source>
        <translation>tel qu’envoyé</translation>
    </message>
</context>
<context>
    <name>Run</name>
    <message>
        <source>Searching “{0}”</source>
        <translation>Recherche en cours&#xa0;: «&#xa0;{0}&#xa0;»</translation>
    </message>
    <message>
        <source>Searched “{0}”</source>
        <translation>Recherche&#xa0;: «&#xa0;{0}&#xa0;»</translation>
    </message>
    <message>
        <source>Called {0}</source>
        <translation>Appel de {0}</translation>
    </message>
    <message>
        <source>Waiting for the provider: {0}</source>
        <translation>Attente du fournisseur en cours&#xa0;: {0}</translation>
    </message>
    <message>
        <source>Waited for the provider: {0}</source>
        <translation>Attente du fournisseur&#xa0;: {0}</translation>
    </message>
    <message>
        <source>Checking the citations</source>
        <translation>Vérification des citations</translation>
    </message>
    <message>
        <source>Writing</source>
        <translation>Rédaction</translation>
    </message>
    <message>
        <source>{0} Next try in {1}.</source>
        <translation>{0} Nouvel essai dans {1}.</translation>
    </message>
    <message>
        <source>The provider asks to wait.</source>
        <translation>Le fournisseur demande d’attendre.</translation>
    </message>
    <message>
        <source>{0} was asked instead of {1}. {2}</source>
        <translation>{0} a été interrogé à la place de {1}. {2}</translation>
    </message>
    <message>
        <source>nothing found</source>
        <translation>rien trouvé</translation>
    </message>
    <message>
        <source>{0}, best score {1}</source>
        <translation>{0}, meilleur score {1}</translation>
    </message>
    <message>
        <source>{0} exact, {1} approximate, {2} not found</source>
        <translation>exactes&#xa0;: {0}, approximatives&#xa0;: {1}, introuvables&#xa0;: {2}</translation>
    </message>
    <message>
        <source>next try in {0}</source>
        <translation>nouvel essai dans {0}</translation>
    </message>
    <message>
        <source>Input: {0}</source>
        <translation>Entrée&#xa0;: {0}</translation>
    </message>
    <message>
        <source>of which from the cache: {0}</source>
        <translation>dont lus dans le cache&#xa0;: {0}</translation>
    </message>
    <message>
        <source>of which written to the cache: {0}</source>
        <translation>dont écrits dans le cache&#xa0;: {0}</translation>
    </message>
    <message>
        <source>Output: {0}</source>
        <translation>Sortie&#xa0;: {0}</translation>
    </message>
    <message>
        <source>of which reasoning: {0}</source>
        <translation>dont raisonnement&#xa0;: {0}</translation>
    </message>
    <message>
        <source>Searches at the provider: {0}</source>
        <translation>Recherches chez le fournisseur&#xa0;: {0}</translation>
    </message>
</context>
<context>
    <name>RunNews</name>
    <message>
        <source>The draft is ready.</source>
        <translation>Le brouillon est prêt.</translation>
    </message>
</context>
<context>
    <name>RunPane</name>
    <message>
        <source>No run yet</source>
        <translation>Pas encore d’exécution</translation>
    </message>
    <message>
        <source>Each step of a draft is shown here while it happens, with time and tokens.</source>
        <translation>Chaque étape d’un brouillon s’affiche ici en direct, avec sa durée et ses jetons.</translation>
    </message>
    <message>
        <source>Runs of this thread</source>
        <translation>Exécutions de ce fil</translation>
    </message>
    <message>
        <source>Earlier runs of this thread</source>
        <translation>Exécutions précédentes de ce fil</translation>
    </message>
    <message>
        <source>Technical detail</source>
        <translation>Détail technique</translation>
    </message>
    <message>
        <source>State of the run</source>
        <translation>État de l’exécution</translation>
    </message>
    <message>
        <source>Time, tokens and cost of the run</source>
        <translation>Durée, jetons et coût de l’exécution</translation>
    </message>
</context>
<context>
    <name>SaveBar</name>
    <message>
        <source>Note</source>
        <translation>Note</translation>
    </message>
    <message>
        <source>Note on the new version</source>
        <translation>Note sur la nouvelle version</translation>
    </message>
    <message>
        <source>What changed (optional)</source>
        <translation>Ce qui change (facultatif)</translation>
    </message>
    <message>
        <source>Save as version {0}</source>
        <translation>Enregistrer la version {0}</translation>
    </message>
    <message>
        <source>Saving…</source>
        <translation>Enregistrement…</translation>
    </message>
    <message>
        <source>Not saved yet</source>
        <translation>Pas encore enregistré</translation>
    </message>
    <message>
        <source>Nothing changed since the last version</source>
        <translation>Rien n’a changé depuis la dernière version</translation>
    </message>
    <message>
        <source>Keep these settings as a new version</source>
        <translation>Garder ces paramètres comme nouvelle version</translation>
    </message>
</context>
<context>
    <name>SearchPane</name>
    <message>
        <source>Try a search</source>
        <translation>Essayer une recherche</translation>
    </message>
    <message>
        <source>Words or a question</source>
        <translation>Des mots ou une question</translation>
    </message>
    <message>
        <source>Passages found</source>
        <translation>Passages trouvés</translation>
    </message>
    <message>
        <source>See the text</source>
        <translation>Voir le texte</translation>
    </message>
    <message>
        <source>Save as a test</source>
        <translation>Garder comme test</translation>
    </message>
    <message>
        <source>From now on, this search must find this file</source>
        <translation>Désormais, cette recherche doit trouver ce fichier</translation>
    </message>
    <message>
        <source>Compare settings…</source>
        <translation>Comparer des réglages…</translation>
    </message>
    <message>
        <source>The same search with other settings, side by side</source>
        <translation>La même recherche avec d’autres réglages, côte à côte</translation>
    </message>
    <message>
        <source>Searching…</source>
        <translation>Recherche en cours…</translation>
    </message>
    <message>
        <source>The search failed</source>
        <translation>La recherche a échoué</translation>
    </message>
    <message>
        <source>See which passages a draft would find here, and how well they match.</source>
        <translation>Voyez quels passages un brouillon trouverait ici, et avec quel score.</translation>
    </message>
    <message>
        <source>Nothing found</source>
        <translation>Rien trouvé</translation>
    </message>
    <message>
        <source>No file of this store has these words. Try fewer or other words.</source>
        <translation>Aucun fichier de cette base ne contient ces mots. Essayez-en moins, ou d’autres.</translation>
    </message>
</context>
<context>
    <name>SearchTestsController</name>
    <message>
        <source>Saved as a test: “{0}” must find {1}.</source>
        <translation>Gardé comme test&#xa0;: «&#xa0;{0}&#xa0;» doit trouver {1}.</translation>
    </message>
    <message numerus="yes">
        <source>%n search test(s) fail now: “{0}” no longer finds {1}.</source>
        <translation>
            <numerusform>%n test de recherche échoue maintenant&#xa0;: «&#xa0;{0}&#xa0;» ne trouve plus {1}.</numerusform>
            <numerusform>%n tests de recherche échouent maintenant&#xa0;: «&#xa0;{0}&#xa0;» ne trouve plus {1}.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>SearchTestsPane</name>
    <message>
        <source>Running…</source>
        <translation>En cours…</translation>
    </message>
    <message>
        <source>Run all</source>
        <translation>Tout lancer</translation>
    </message>
    <message>
        <source>Search tests</source>
        <translation>Tests de recherche</translation>
    </message>
    <message>
        <source>Run</source>
        <translation>Lancer</translation>
    </message>
    <message>
        <source>Search it</source>
        <translation>La chercher</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>Retirer</translation>
    </message>
    <message>
        <source>No test yet</source>
        <translation>Pas encore de test</translation>
    </message>
    <message>
        <source>Try a search, then choose “Save as a test” on the file that must be found. Tests run by themselves when the files of a store on this machine change.</source>
        <translation>Essayez une recherche, puis choisissez «&#xa0;Garder comme test&#xa0;» sur le fichier qui doit être trouvé. Les tests se relancent d’eux-mêmes quand les fichiers d’une base de cette machine changent.</translation>
    </message>
    <message numerus="yes">
        <source>%n test(s) failed</source>
        <translation>
            <numerusform>%n test en échec</numerusform>
            <numerusform>%n tests en échec</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n test(s) not run since the files changed</source>
        <translation>
            <numerusform>%n test pas relancé depuis le changement des fichiers</numerusform>
            <numerusform>%n tests pas relancés depuis le changement des fichiers</numerusform>
        </translation>
    </message>
    <message>
        <source>All passed</source>
        <translation>Tous réussis</translation>
    </message>
    <message>
        <source>passed at rank {0}</source>
        <translation>réussi au rang {0}</translation>
    </message>
    <message>
        <source>failed</source>
        <translation>échec</translation>
    </message>
    <message>
        <source>not run since the change</source>
        <translation>pas relancé depuis le changement</translation>
    </message>
</context>
<context>
    <name>ServerRow</name>
    <message>
        <source>Use it</source>
        <translation>L’utiliser</translation>
    </message>
    <message>
        <source>Use {0}</source>
        <translation>Utiliser {0}</translation>
    </message>
</context>
<context>
    <name>Settings</name>
    <message>
        <source>default</source>
        <translation>par défaut</translation>
    </message>
    <message>
        <source>key kept</source>
        <translation>clé gardée</translation>
    </message>
    <message>
        <source>key missing</source>
        <translation>clé manquante</translation>
    </message>
    <message>
        <source>no key</source>
        <translation>sans clé</translation>
    </message>
    <message>
        <source>New connection</source>
        <translation>Nouvelle connexion</translation>
    </message>
    <message>
        <source>no language model: quotes your files</source>
        <translation>sans modèle de langage&#xa0;: cite vos fichiers</translation>
    </message>
    <message>
        <source>not saved yet</source>
        <translation>pas encore enregistrée</translation>
    </message>
    <message>
        <source>OpenAI-compatible server</source>
        <translation>Serveur compatible OpenAI</translation>
    </message>
    <message>
        <source>On this machine</source>
        <translation>Sur cette machine</translation>
    </message>
    <message>
        <source>compatible</source>
        <translation>compatible</translation>
    </message>
    <message>
        <source>this machine</source>
        <translation>cette machine</translation>
    </message>
    <message>
        <source>OpenAI’s present interface: right for OpenAI, Azure, and servers that offer it.</source>
        <translation>L’interface actuelle d’OpenAI&#xa0;: convient à OpenAI, à Azure et aux serveurs qui la proposent.</translation>
    </message>
    <message>
        <source>What nearly every server speaks, those on this machine among them.</source>
        <translation>Ce que parlent presque tous les serveurs, dont ceux de cette machine.</translation>
    </message>
    <message>
        <source>Ended at OpenAI and Azure in August 2026; for servers that still speak it.</source>
        <translation>Arrêté chez OpenAI et Azure en août 2026&#xa0;; pour les serveurs qui le parlent encore.</translation>
    </message>
    <message>
        <source>Built-in, this machine</source>
        <translation>Intégré, cette machine</translation>
    </message>
    <message>
        <source>vector stores</source>
        <translation>bases vectorielles</translation>
    </message>
    <message>
        <source>no vector stores</source>
        <translation>pas de bases vectorielles</translation>
    </message>
    <message>
        <source>no known protocol</source>
        <translation>aucun protocole connu</translation>
    </message>
    <message>
        <source>The server answers: {0}</source>
        <translation>Le serveur répond&#xa0;: {0}</translation>
    </message>
</context>
<context>
    <name>SettingsDialog</name>
    <message>
        <source>Settings</source>
        <translation>Paramètres</translation>
    </message>
    <message>
        <source>Pages of the settings</source>
        <translation>Pages des paramètres</translation>
    </message>
    <message>
        <source>General</source>
        <translation>Général</translation>
    </message>
    <message>
        <source>Connections</source>
        <translation>Connexions</translation>
    </message>
    <message>
        <source>Prices</source>
        <translation>Prix</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Fermer</translation>
    </message>
</context>
<context>
    <name>ShellController</name>
    <message numerus="yes">
        <source>%n draft(s) were interrupted; their text is kept as a suggestion.</source>
        <translation>
            <numerusform>%n brouillon a été interrompu&#xa0;; son texte est gardé comme suggestion.</numerusform>
            <numerusform>%n brouillons ont été interrompus&#xa0;; leur texte est gardé comme suggestion.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Indexing goes on: %n file(s) left.</source>
        <translation>
            <numerusform>L’indexation continue&#xa0;: %n fichier restant.</numerusform>
            <numerusform>L’indexation continue&#xa0;: %n fichiers restants.</numerusform>
        </translation>
    </message>
    <message>
        <source>The sample shop is ready: pick a mail and press Draft.</source>
        <translation>La boutique d’exemple est prête&#xa0;: choisissez un mail, puis Rédiger.</translation>
    </message>
</context>
<context>
    <name>SidePanes</name>
    <message>
        <source>Sources</source>
        <translation>Sources</translation>
    </message>
    <message>
        <source>Run</source>
        <translation>Exécution</translation>
    </message>
    <message>
        <source>Customer</source>
        <translation>Client</translation>
    </message>
    <message>
        <source>Checklist</source>
        <translation>Questions</translation>
    </message>
    <message>
        <source>Sources, run, customer, checklist</source>
        <translation>Sources, exécution, client, questions</translation>
    </message>
    <message>
        <source>Try a search</source>
        <translation>Essayer une recherche</translation>
    </message>
    <message>
        <source>Tests</source>
        <translation>Tests</translation>
    </message>
    <message>
        <source>Health</source>
        <translation>Santé</translation>
    </message>
    <message>
        <source>Try a search, tests, health</source>
        <translation>Essayer une recherche, tests, santé</translation>
    </message>
</context>
<context>
    <name>SourceCard</name>
    <message>
        <source>Open the file at this place</source>
        <translation>Ouvrir le fichier à cet endroit</translation>
    </message>
    <message>
        <source>Open source {0} at its place</source>
        <translation>Ouvrir la source {0} à sa place</translation>
    </message>
    <message>
        <source>internal: not for customers</source>
        <translation>interne&#xa0;: pas pour les clients</translation>
    </message>
</context>
<context>
    <name>SourceNotice</name>
    <message>
        <source>Changed sources</source>
        <translation>Sources modifiées</translation>
    </message>
    <message>
        <source>Draft again</source>
        <translation>Refaire le brouillon</translation>
    </message>
    <message>
        <source>Write a new suggestion from the files as they are now</source>
        <translation>Écrire une nouvelle suggestion d’après les fichiers tels qu’ils sont maintenant</translation>
    </message>
    <message numerus="yes">
        <source>%n source(s) of this draft changed</source>
        <translation>
            <numerusform>Une source de ce brouillon a changé</numerusform>
            <numerusform>%n sources de ce brouillon ont changé</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>SourceOpener</name>
    <message>
        <source>Files of this type are not opened from here.</source>
        <translation>Les fichiers de ce type ne s’ouvrent pas d’ici.</translation>
    </message>
    <message>
        <source>The store keeps no copy of “{0}”.</source>
        <translation>La base ne garde pas de copie de «&#xa0;{0}&#xa0;».</translation>
    </message>
    <message>
        <source>No program on this computer opens “{0}”.</source>
        <translation>Aucun programme de cet ordinateur n’ouvre «&#xa0;{0}&#xa0;».</translation>
    </message>
</context>
<context>
    <name>SourceViewer</name>
    <message>
        <source>Parts of the file</source>
        <translation>Parties du fichier</translation>
    </message>
    <message>
        <source>Extracted text</source>
        <translation>Texte extrait</translation>
    </message>
    <message>
        <source>Find in the text</source>
        <translation>Rechercher dans le texte</translation>
    </message>
    <message>
        <source>Open the original</source>
        <translation>Ouvrir l’original</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Fermer</translation>
    </message>
    <message>
        <source>Previous part</source>
        <translation>Partie précédente</translation>
    </message>
    <message>
        <source>Next part</source>
        <translation>Partie suivante</translation>
    </message>
    <message>
        <source>Page</source>
        <translation>Page</translation>
    </message>
    <message>
        <source>Text</source>
        <translation>Texte</translation>
    </message>
    <message>
        <source>Show the page, or the text that is searched</source>
        <translation>Afficher la page, ou le texte dans lequel on cherche</translation>
    </message>
    <message>
        <source>Back to the passage</source>
        <translation>Revenir au passage</translation>
    </message>
    <message>
        <source>Part {0}</source>
        <translation>Partie {0}</translation>
    </message>
    <message>
        <source>The page cannot be shown, this is its text. {0}</source>
        <translation>La page ne peut pas être affichée, voici son texte. {0}</translation>
    </message>
    <message>
        <source>{0} of {1}</source>
        <translation>{0} sur {1}</translation>
    </message>
    <message>
        <source>Page {0} of {1}</source>
        <translation>Page {0} sur {1}</translation>
    </message>
    <message>
        <source>Not found</source>
        <translation>Introuvable</translation>
    </message>
    <message>
        <source>The quote is not word for word: what the file says is marked.</source>
        <translation>La citation n’est pas mot pour mot&#xa0;: ce que dit le fichier est surligné.</translation>
    </message>
    <message>
        <source>The quote is not in the file: the passage it was said to be from is shown.</source>
        <translation>La citation n’est pas dans le fichier&#xa0;: voici le passage dont elle devait venir.</translation>
    </message>
    <message>
        <source>This is a newer version of the file that was cited: the quote is still there.</source>
        <translation>Ceci est une version plus récente du fichier cité&#xa0;: la citation y est toujours.</translation>
    </message>
    <message>
        <source>This is a newer version of the file that was cited: it says this otherwise now.</source>
        <translation>Ceci est une version plus récente du fichier cité&#xa0;: elle le dit maintenant autrement.</translation>
    </message>
    <message>
        <source>This is a newer version of the file that was cited: the quote is gone from it.</source>
        <translation>Ceci est une version plus récente du fichier cité&#xa0;: la citation n’y est plus.</translation>
    </message>
    <message>
        <source>This is a newer version of the file.</source>
        <translation>Ceci est une version plus récente du fichier.</translation>
    </message>
</context>
<context>
    <name>SourcesPane</name>
    <message>
        <source>Also found</source>
        <translation>Trouvés aussi</translation>
    </message>
    <message>
        <source>Sources</source>
        <translation>Sources</translation>
    </message>
    <message>
        <source>No sources yet</source>
        <translation>Pas encore de sources</translation>
    </message>
    <message>
        <source>When a reply is drafted, the passages it stands on appear here.</source>
        <translation>Quand une réponse est rédigée, les passages qui la fondent apparaissent ici.</translation>
    </message>
</context>
<context>
    <name>StatusBar</name>
    <message>
        <source>Model</source>
        <translation>Modèle</translation>
    </message>
    <message>
        <source>Tokens and cost of this thread</source>
        <translation>Jetons et coût de ce fil</translation>
    </message>
    <message>
        <source>Opening…</source>
        <translation>Ouverture…</translation>
    </message>
    <message>
        <source>Cloud</source>
        <translation>En ligne</translation>
    </message>
    <message>
        <source>This machine</source>
        <translation>Cette machine</translation>
    </message>
    <message>
        <source>no language model: quotes your files</source>
        <translation>sans modèle de langage&#xa0;: cite vos fichiers</translation>
    </message>
    <message numerus="yes">
        <source>%n task(s)</source>
        <translation>
            <numerusform>%n tâche</numerusform>
            <numerusform>%n tâches</numerusform>
        </translation>
    </message>
    <message>
        <source>Tasks</source>
        <translation>Tâches</translation>
    </message>
</context>
<context>
    <name>StoreBin</name>
    <message>
        <source>Deleted stores</source>
        <translation>Bases supprimées</translation>
    </message>
    <message>
        <source>Stores that you delete wait here.</source>
        <translation>Les bases que vous supprimez attendent ici.</translation>
    </message>
    <message>
        <source>Delete for good…</source>
        <translation>Supprimer définitivement…</translation>
    </message>
</context>
<context>
    <name>StoreDelegate</name>
    <message>
        <source>Name of the store</source>
        <translation>Nom de la base</translation>
    </message>
</context>
<context>
    <name>StoreDialog</name>
    <message>
        <source>New store</source>
        <translation>Nouvelle base</translation>
    </message>
    <message>
        <source>Store settings</source>
        <translation>Paramètres de la base</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Nom</translation>
    </message>
    <message>
        <source>For example: terms and delivery</source>
        <translation>Par exemple&#xa0;: conditions et livraison</translation>
    </message>
    <message>
        <source>Where it is kept</source>
        <translation>Emplacement</translation>
    </message>
    <message>
        <source>Where the store is kept</source>
        <translation>Où la base est gardée</translation>
    </message>
    <message>
        <source>On this machine</source>
        <translation>Sur cette machine</translation>
    </message>
    <message>
        <source>Keep copies of the originals</source>
        <translation>Garder une copie des originaux</translation>
    </message>
    <message>
        <source>Without them a file takes no second place on the disk, and is opened where it was added from.</source>
        <translation>Sans copie, un fichier n’occupe pas deux fois le disque, et s’ouvre là d’où il a été ajouté.</translation>
    </message>
    <message>
        <source>Add sent replies as past answers</source>
        <translation>Ajouter les réponses envoyées comme réponses passées</translation>
    </message>
    <message>
        <source>Names, addresses and numbers of customers are taken out before a reply is kept.</source>
        <translation>Les noms, adresses et numéros des clients sont retirés avant qu’une réponse soit gardée.</translation>
    </message>
    <message>
        <source>Internal</source>
        <translation>Interne</translation>
    </message>
    <message>
        <source>Its text may inform a reply, but is not meant for customers.</source>
        <translation>Son texte peut éclairer une réponse, mais n’est pas destiné aux clients.</translation>
    </message>
    <message>
        <source>Expires after</source>
        <translation>Expire après</translation>
    </message>
    <message>
        <source>Days without use</source>
        <translation>Jours sans usage</translation>
    </message>
    <message>
        <source> days without use</source>
        <translation>&#xa0;jours sans usage</translation>
    </message>
    <message>
        <source>An expired store is no longer listed or searched.</source>
        <translation>Une base expirée n’est plus listée ni consultée.</translation>
    </message>
    <message>
        <source>Metadata</source>
        <translation>Métadonnées</translation>
    </message>
    <message>
        <source>Notes for your own tools: a key and a value, up to 16 pairs.</source>
        <translation>Des notes pour vos outils&#xa0;: une clé et une valeur, jusqu’à 16 paires.</translation>
    </message>
    <message>
        <source>Create store</source>
        <translation>Créer la base</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>Enregistrer</translation>
    </message>
    <message>
        <source>Give the store a name.</source>
        <translation>Donnez un nom à la base.</translation>
    </message>
    <message>
        <source>A name has at most {0} characters.</source>
        <translation>Un nom compte au plus {0} caractères.</translation>
    </message>
    <message>
        <source>Its files are sent to {0} and searched there.</source>
        <translation>Ses fichiers sont envoyés à {0} et y sont consultés.</translation>
    </message>
    <message>
        <source>Its files do not leave this machine.</source>
        <translation>Ses fichiers ne quittent pas cette machine.</translation>
    </message>
</context>
<context>
    <name>StoresPane</name>
    <message>
        <source>Drop to import this store</source>
        <translation>Déposez pour importer cette base</translation>
    </message>
    <message>
        <source>Vector stores</source>
        <translation>Bases vectorielles</translation>
    </message>
    <message>
        <source>More about stores</source>
        <translation>Autres actions sur les bases</translation>
    </message>
    <message>
        <source>New store</source>
        <translation>Nouvelle base</translation>
    </message>
    <message>
        <source>Import…</source>
        <translation>Importer…</translation>
    </message>
    <message>
        <source>Import a store that was exported as a zip</source>
        <translation>Importer une base exportée en zip</translation>
    </message>
    <message>
        <source>Export…</source>
        <translation>Exporter…</translation>
    </message>
    <message>
        <source>Copy to…</source>
        <translation>Copier vers…</translation>
    </message>
    <message>
        <source>Rename</source>
        <translation>Renommer</translation>
    </message>
    <message>
        <source>Store settings…</source>
        <translation>Paramètres de la base…</translation>
    </message>
    <message>
        <source>Delete store</source>
        <translation>Supprimer la base</translation>
    </message>
    <message>
        <source>Refresh</source>
        <translation>Actualiser</translation>
    </message>
    <message>
        <source>Ask the connections for their stores again</source>
        <translation>Redemander leurs bases aux connexions</translation>
    </message>
    <message>
        <source>Synonyms…</source>
        <translation>Synonymes…</translation>
    </message>
    <message>
        <source>Deleted stores…</source>
        <translation>Bases supprimées…</translation>
    </message>
    <message>
        <source>No store yet</source>
        <translation>Pas encore de base</translation>
    </message>
    <message>
        <source>A store holds the files that replies are drawn from, and quote.</source>
        <translation>Une base contient les fichiers dont les réponses sont tirées, et qu’elles citent.</translation>
    </message>
</context>
<context>
    <name>StoresSection</name>
    <message>
        <source>Vector stores</source>
        <translation>Bases vectorielles</translation>
    </message>
    <message>
        <source>Replies are drawn from the files of the stores checked here, and quote them.</source>
        <translation>Les réponses sont tirées des fichiers des bases cochées ici, et les citent.</translation>
    </message>
    <message>
        <source>There is no store yet: make one in the Vector stores tab, and check it here.</source>
        <translation>Il n’y a pas encore de base&#xa0;: créez-en une dans l’onglet Bases vectorielles, puis cochez-la ici.</translation>
    </message>
    <message>
        <source>at {0}</source>
        <translation>chez {0}</translation>
    </message>
    <message>
        <source>internal: not quoted to customers</source>
        <translation>interne&#xa0;: jamais cité aux clients</translation>
    </message>
</context>
<context>
    <name>StyleSection</name>
    <message>
        <source>Reply style</source>
        <translation>Style des réponses</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>Langue</translation>
    </message>
    <message>
        <source>Form of address</source>
        <translation>Registre</translation>
    </message>
    <message>
        <source>Length</source>
        <translation>Longueur</translation>
    </message>
    <message>
        <source>Tone</source>
        <translation>Ton</translation>
    </message>
    <message>
        <source>For example: warm, factual</source>
        <translation>Par exemple&#xa0;: chaleureux, factuel</translation>
    </message>
    <message>
        <source>Signature</source>
        <translation>Signature</translation>
    </message>
    <message>
        <source>Ends every reply. Left empty, the signature of the settings is used.</source>
        <translation>Termine chaque réponse. Laissée vide, la signature des paramètres est utilisée.</translation>
    </message>
</context>
<context>
    <name>SuggestionPane</name>
    <message>
        <source>Suggestion</source>
        <translation>Suggestion</translation>
    </message>
    <message>
        <source>Accept</source>
        <translation>Accepter</translation>
    </message>
    <message>
        <source>Make this text the draft; yours is kept</source>
        <translation>Faire de ce texte le brouillon&#xa0;; le vôtre est gardé</translation>
    </message>
    <message>
        <source>Keep mine</source>
        <translation>Garder le mien</translation>
    </message>
    <message>
        <source>Put the suggestion away</source>
        <translation>Écarter la suggestion</translation>
    </message>
    <message>
        <source>Open the settings…</source>
        <translation>Ouvrir les paramètres…</translation>
    </message>
    <message>
        <source>Mend the connection that was asked</source>
        <translation>Corriger la connexion interrogée</translation>
    </message>
    <message>
        <source>quotes your files, no language model</source>
        <translation>cite vos fichiers, sans modèle de langage</translation>
    </message>
    <message>
        <source>Suggestion · {0}</source>
        <translation>Suggestion · {0}</translation>
    </message>
</context>
<context>
    <name>SynonymsDialog</name>
    <message>
        <source>Synonyms</source>
        <translation>Synonymes</translation>
    </message>
    <message>
        <source>Words of one row stand for one another when files are searched. Case, accents and endings make no difference. Changes count from the next search on; the stores on this machine use them.</source>
        <translation>Les mots d’une même ligne se remplacent l’un l’autre quand les fichiers sont cherchés. Ni la casse, ni les accents, ni les terminaisons ne comptent. Un changement vaut dès la recherche suivante, dans les bases de cette machine.</translation>
    </message>
    <message>
        <source>Your list could not be read; it is kept as {0}. This is the bundled one.</source>
        <translation>Votre liste n’a pas pu être lue ; elle est gardée sous {0}. Voici la liste fournie.</translation>
    </message>
    <message>
        <source>Filter</source>
        <translation>Filtrer</translation>
    </message>
    <message>
        <source>Filter the synonyms</source>
        <translation>Filtrer les synonymes</translation>
    </message>
    <message>
        <source>Groups of synonyms</source>
        <translation>Groupes de synonymes</translation>
    </message>
    <message>
        <source>Add a group</source>
        <translation>Ajouter un groupe</translation>
    </message>
    <message>
        <source>Edit</source>
        <translation>Modifier</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>Supprimer</translation>
    </message>
    <message>
        <source>Restore bundled groups</source>
        <translation>Rétablir les groupes fournis</translation>
    </message>
    <message>
        <source>Bundled groups that were deleted or changed come back; yours stay</source>
        <translation>Les groupes fournis qui ont été supprimés ou modifiés reviennent ; les vôtres restent</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>Enregistrer</translation>
    </message>
</context>
<context>
    <name>TaskRow</name>
    <message>
        <source>Cancel</source>
        <translation>Annuler</translation>
    </message>
    <message>
        <source>Try what failed again</source>
        <translation>Réessayer ce qui a échoué</translation>
    </message>
    <message>
        <source>Progress</source>
        <translation>Avancement</translation>
    </message>
    <message>
        <source>Files into “{0}”</source>
        <translation>Fichiers vers «&#xa0;{0}&#xa0;»</translation>
    </message>
    <message>
        <source>Copy into “{0}”</source>
        <translation>Copie dans «&#xa0;{0}&#xa0;»</translation>
    </message>
    <message>
        <source>Export of “{0}”</source>
        <translation>Export de «&#xa0;{0}&#xa0;»</translation>
    </message>
    <message>
        <source>Import of “{0}”</source>
        <translation>Import de «&#xa0;{0}&#xa0;»</translation>
    </message>
    <message>
        <source>Meaning of “{0}”</source>
        <translation>Sens de « {0} »</translation>
    </message>
    <message>
        <source>Draft for “{0}”</source>
        <translation>Brouillon pour «&#xa0;{0}&#xa0;»</translation>
    </message>
    <message>
        <source>under way</source>
        <translation>en cours</translation>
    </message>
    <message>
        <source>done</source>
        <translation>terminée</translation>
    </message>
    <message>
        <source>failed</source>
        <translation>échec</translation>
    </message>
    <message>
        <source>cancelled</source>
        <translation>annulée</translation>
    </message>
    <message>
        <source>interrupted</source>
        <translation>interrompue</translation>
    </message>
    <message>
        <source>{0} of {1}</source>
        <translation>{0} sur {1}</translation>
    </message>
</context>
<context>
    <name>TasksPanel</name>
    <message>
        <source>Nothing is running</source>
        <translation>Rien en cours</translation>
    </message>
    <message>
        <source>Uploads, copies and drafts appear here, with their progress.</source>
        <translation>Les ajouts de fichiers, les copies et les brouillons apparaissent ici, avec leur progression.</translation>
    </message>
    <message>
        <source>Clear what is done</source>
        <translation>Retirer ce qui est terminé</translation>
    </message>
</context>
<context>
    <name>ThreadCare</name>
    <message>
        <source>“{0}” is in the bin.</source>
        <translation>«&#xa0;{0}&#xa0;» est dans la corbeille.</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>Annuler</translation>
    </message>
</context>
<context>
    <name>Threads</name>
    <message>
        <source>writing…</source>
        <translation>rédaction…</translation>
    </message>
    <message>
        <source>draft</source>
        <translation>brouillon</translation>
    </message>
    <message>
        <source>To answer</source>
        <translation>À traiter</translation>
    </message>
    <message>
        <source>Drafted</source>
        <translation>Rédigé</translation>
    </message>
    <message>
        <source>Sent</source>
        <translation>Envoyé</translation>
    </message>
    <message>
        <source>Closed</source>
        <translation>Clos</translation>
    </message>
    <message>
        <source>(no subject)</source>
        <translation>(sans objet)</translation>
    </message>
    <message>
        <source>unknown sender</source>
        <translation>expéditeur inconnu</translation>
    </message>
    <message>
        <source>French</source>
        <translation>Français</translation>
    </message>
    <message>
        <source>English</source>
        <translation>Anglais</translation>
    </message>
    <message>
        <source>being checked</source>
        <translation>en vérification</translation>
    </message>
    <message>
        <source>exact</source>
        <translation>exacte</translation>
    </message>
    <message>
        <source>approximate</source>
        <translation>approximative</translation>
    </message>
    <message>
        <source>not found in the file</source>
        <translation>introuvable dans le fichier</translation>
    </message>
    <message>
        <source>strong</source>
        <translation>fort</translation>
    </message>
    <message>
        <source>good</source>
        <translation>bon</translation>
    </message>
    <message>
        <source>weak</source>
        <translation>faible</translation>
    </message>
    <message>
        <source>waiting</source>
        <translation>en attente</translation>
    </message>
    <message>
        <source>running</source>
        <translation>en cours</translation>
    </message>
    <message>
        <source>waits for you</source>
        <translation>vous attend</translation>
    </message>
    <message>
        <source>stopping</source>
        <translation>arrêt en cours</translation>
    </message>
    <message>
        <source>stopped</source>
        <translation>arrêtée</translation>
    </message>
    <message>
        <source>done</source>
        <translation>terminée</translation>
    </message>
    <message>
        <source>failed</source>
        <translation>échec</translation>
    </message>
    <message>
        <source>incomplete</source>
        <translation>incomplète</translation>
    </message>
    <message>
        <source>expired</source>
        <translation>expirée</translation>
    </message>
    <message>
        <source>interrupted</source>
        <translation>interrompue</translation>
    </message>
    <message>
        <source>{0} s</source>
        <translation>{0}&#xa0;s</translation>
    </message>
    <message>
        <source>The run failed.</source>
        <translation>L’exécution a échoué.</translation>
    </message>
    <message>
        <source>You stopped it: this is the text so far.</source>
        <translation>Vous l’avez arrêtée&#xa0;: voici le texte obtenu.</translation>
    </message>
    <message>
        <source>It was interrupted: this is the text so far.</source>
        <translation>Elle a été interrompue&#xa0;: voici le texte obtenu.</translation>
    </message>
    <message>
        <source>A limit was reached: the text is incomplete.</source>
        <translation>Une limite a été atteinte&#xa0;: le texte est incomplet.</translation>
    </message>
    <message>
        <source>The run expired before it ended.</source>
        <translation>L’exécution a expiré avant la fin.</translation>
    </message>
    <message>
        <source>{0} was removed from its store.</source>
        <translation>{0} a été retiré de sa base.</translation>
    </message>
    <message>
        <source>{0} was read anew: {1}</source>
        <translation>{0} a été relu&#xa0;: {1}</translation>
    </message>
    <message>
        <source>{0} was replaced by a newer version on {1}: {2}</source>
        <translation>{0} a été remplacé par une version plus récente le {1}&#xa0;: {2}</translation>
    </message>
    <message>
        <source>in the file: {0}</source>
        <translation>dans le fichier&#xa0;: {0}</translation>
    </message>
    <message>
        <source>the quote is still there.</source>
        <translation>la citation y est toujours.</translation>
    </message>
    <message>
        <source>the quote has changed.</source>
        <translation>la citation a changé.</translation>
    </message>
    <message>
        <source>the quote is gone.</source>
        <translation>la citation n’y est plus.</translation>
    </message>
</context>
<context>
    <name>ThreadsController</name>
    <message numerus="yes">
        <source>%n mail(s) added.</source>
        <translation>
            <numerusform>%n mail ajouté.</numerusform>
            <numerusform>%n mails ajoutés.</numerusform>
        </translation>
    </message>
    <message>
        <source>This mail is here already.</source>
        <translation>Ce mail est déjà là.</translation>
    </message>
</context>
<context>
    <name>ThreadsView</name>
    <message>
        <source>Open mails</source>
        <translation>Ouvrir des mails</translation>
    </message>
    <message>
        <source>Mails (*.eml)</source>
        <translation>Mails (*.eml)</translation>
    </message>
    <message>
        <source>All files (*)</source>
        <translation>Tous les fichiers (*)</translation>
    </message>
    <message>
        <source>Drop to add these mails</source>
        <translation>Déposez pour ajouter ces mails</translation>
    </message>
    <message>
        <source>Threads</source>
        <translation>Fils</translation>
    </message>
</context>
<context>
    <name>Times</name>
    <message>
        <source>just now</source>
        <translation>à l’instant</translation>
    </message>
    <message>
        <source>yesterday</source>
        <translation>hier</translation>
    </message>
</context>
<context>
    <name>Toast</name>
    <message>
        <source>Close this message</source>
        <translation>Fermer ce message</translation>
    </message>
</context>
<context>
    <name>ToolsSection</name>
    <message>
        <source>Tools</source>
        <translation>Outils</translation>
    </message>
    <message>
        <source>Knowledge search</source>
        <translation>Recherche dans les bases</translation>
    </message>
    <message>
        <source>Look for passages in the vector stores before answering.</source>
        <translation>Chercher des passages dans les bases vectorielles avant de répondre.</translation>
    </message>
    <message>
        <source>JSON output</source>
        <translation>Sortie JSON</translation>
    </message>
    <message>
        <source>Answer with a JSON object, for sorting mail; not with a reply. It searches no files.</source>
        <translation>Répondre par un objet JSON, pour trier le courrier, et non par une réponse. Aucun fichier n’est consulté.</translation>
    </message>
    <message>
        <source>JSON schema</source>
        <translation>Schéma JSON</translation>
    </message>
    <message>
        <source>The shape of the object. Left empty, any object will do.</source>
        <translation>La forme de l’objet. Laissé vide, tout objet convient.</translation>
    </message>
</context>
<context>
    <name>TrialSwitches</name>
    <message>
        <source>Mend spelling</source>
        <translation>Corriger l’orthographe</translation>
    </message>
    <message>
        <source>Synonyms</source>
        <translation>Synonymes</translation>
    </message>
    <message>
        <source>Passages per file</source>
        <translation>Passages par fichier</translation>
    </message>
    <message>
        <source>Least score</source>
        <translation>Score minimal</translation>
    </message>
    <message>
        <source>Weight of meaning</source>
        <translation>Poids du sens</translation>
    </message>
</context>
<context>
    <name>TwoLineDelegate</name>
    <message>
        <source>default</source>
        <translation>par défaut</translation>
    </message>
</context>
<context>
    <name>VectorStores</name>
    <message>
        <source>Name</source>
        <translation>Nom</translation>
    </message>
    <message>
        <source>State</source>
        <translation>État</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>Taille</translation>
    </message>
    <message>
        <source>Pages</source>
        <translation>Pages</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>Langue</translation>
    </message>
    <message>
        <source>Last cited</source>
        <translation>Cité</translation>
    </message>
    <message>
        <source>Files that can be read</source>
        <translation>Fichiers lisibles</translation>
    </message>
    <message>
        <source>All files</source>
        <translation>Tous les fichiers</translation>
    </message>
    <message>
        <source>internal</source>
        <translation>interne</translation>
    </message>
    <message>
        <source>at {0}</source>
        <translation>chez {0}</translation>
    </message>
    <message>
        <source>waiting</source>
        <translation>en attente</translation>
    </message>
    <message>
        <source>checking</source>
        <translation>vérification</translation>
    </message>
    <message>
        <source>reading</source>
        <translation>lecture</translation>
    </message>
    <message>
        <source>sending</source>
        <translation>envoi</translation>
    </message>
    <message>
        <source>indexing</source>
        <translation>indexation</translation>
    </message>
    <message>
        <source>finishing</source>
        <translation>finalisation</translation>
    </message>
    <message>
        <source>{0} {1}%</source>
        <translation>{0} {1}&#xa0;%</translation>
    </message>
    <message>
        <source>expired on {0}</source>
        <translation>périmé le {0}</translation>
    </message>
    <message>
        <source>ready, sent as text</source>
        <translation>prêt, envoyé en texte</translation>
    </message>
    <message>
        <source>ready</source>
        <translation>prêt</translation>
    </message>
    <message>
        <source>cancelled</source>
        <translation>annulé</translation>
    </message>
    <message>
        <source>It is still found by searches. Replace it, or give it another day under Attributes.</source>
        <translation>Les recherches le trouvent toujours. Remplacez-le, ou donnez-lui une autre date dans Attributs.</translation>
    </message>
    <message>
        <source>failed</source>
        <translation>échec</translation>
    </message>
    <message>
        <source>The server does not take files of this type: the text that was read from it was sent.</source>
        <translation>Le serveur n’accepte pas ce type de fichier&#xa0;: le texte qui en a été lu a été envoyé.</translation>
    </message>
    <message>
        <source>strong</source>
        <translation>fort</translation>
    </message>
    <message>
        <source>good</source>
        <translation>bon</translation>
    </message>
    <message>
        <source>weak</source>
        <translation>faible</translation>
    </message>
    <message>
        <source>the same word</source>
        <translation>même mot</translation>
    </message>
    <message>
        <source>same stem</source>
        <translation>même racine</translation>
    </message>
    <message>
        <source>synonym</source>
        <translation>synonyme</translation>
    </message>
    <message>
        <source>other spelling</source>
        <translation>autre orthographe</translation>
    </message>
</context>
<context>
    <name>VectorStoresController</name>
    <message>
        <source>“{0}” is in the bin</source>
        <translation>«&#xa0;{0}&#xa0;» est dans la corbeille</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>Annuler</translation>
    </message>
    <message>
        <source>“{0}” was deleted</source>
        <translation>«&#xa0;{0}&#xa0;» a été supprimée</translation>
    </message>
    <message>
        <source>Delete “{0}” for good?</source>
        <translation>Supprimer définitivement «&#xa0;{0}&#xa0;»&#xa0;?</translation>
    </message>
    <message>
        <source>It is deleted at {0} with its files; nothing brings it back. The files on your disk stay.</source>
        <translation>Elle est supprimée chez {0} avec ses fichiers&#xa0;; rien ne la ramène. Les fichiers de votre disque restent.</translation>
    </message>
    <message>
        <source>Its files leave this program. Nothing brings them back; the files on your disk stay.</source>
        <translation>Ses fichiers quittent ce programme. Rien ne les ramène&#xa0;; les fichiers de votre disque restent.</translation>
    </message>
    <message>
        <source>Delete for good</source>
        <translation>Supprimer définitivement</translation>
    </message>
</context>
<context>
    <name>WaitBar</name>
    <message>
        <source>Try now</source>
        <translation>Essayer maintenant</translation>
    </message>
    <message>
        <source>Ask the provider again without waiting</source>
        <translation>Redemander au fournisseur sans attendre</translation>
    </message>
</context>
<context>
    <name>Welcome</name>
    <message>
        <source>Choose a thread, or drop a mail here</source>
        <translation>Choisissez un fil, ou déposez un mail ici</translation>
    </message>
    <message>
        <source>A customer’s mail becomes a thread; a reply to it joins the same thread.</source>
        <translation>Le mail d’un client devient un fil&#xa0;; sa réponse rejoint le même fil.</translation>
    </message>
    <message>
        <source>Drop a mail here</source>
        <translation>Déposez un mail ici</translation>
    </message>
    <message>
        <source>Drop .eml files anywhere in this tab, open or paste one, or look around with the sample shop.</source>
        <translation>Déposez des fichiers .eml n’importe où dans cet onglet, ouvrez-en ou collez-en un, ou découvrez la boutique d’exemple.</translation>
    </message>
    <message>
        <source>Open mail…</source>
        <translation>Ouvrir un mail…</translation>
    </message>
    <message>
        <source>Choose mails saved as .eml</source>
        <translation>Choisir des mails enregistrés en .eml</translation>
    </message>
    <message>
        <source>Paste…</source>
        <translation>Coller…</translation>
    </message>
    <message>
        <source>Paste the text of a mail</source>
        <translation>Coller le texte d’un mail</translation>
    </message>
    <message>
        <source>Load the sample shop</source>
        <translation>Charger la boutique d’exemple</translation>
    </message>
</context>
<context>
    <name>_MissingStore</name>
    <message>
        <source>{0}: not listed now; it was deleted, or its server does not answer</source>
        <translation>{0}&#xa0;: absente de la liste&#xa0;; elle a été supprimée, ou son serveur ne répond pas</translation>
    </message>
    <message>
        <source>{0}: no longer there</source>
        <translation>{0}&#xa0;: n’est plus là</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>Retirer</translation>
    </message>
    <message>
        <source>Remove {0}</source>
        <translation>Retirer {0}</translation>
    </message>
</context>
</TS>
