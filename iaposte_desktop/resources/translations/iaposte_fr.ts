<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="fr_FR">
<context>
    <name>Amounts</name>
    <message>
        <source>%n token(s)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>unknown cost</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>free</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>AssistantDelegate</name>
    <message>
        <source>default</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>AssistantEditor</name>
    <message>
        <source>History</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Earlier versions: compare and restore</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>More about this assistant</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Discard my edits</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>default</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>AssistantList</name>
    <message>
        <source>Assistants</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>More about assistants</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Search…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Search the assistants</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>New</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>New assistant, empty or from a template</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Import…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>From an exported file, or the JSON of an old asst_… assistant</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Empty assistant</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Duplicate</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Export…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Use by default</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Delete</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Deleted assistants…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nothing found</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No assistant has these words.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No assistant yet</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>An assistant says how replies are written, and from which files. Begin with a template.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Opening…</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Assistants</name>
    <message>
        <source>These versions do not differ.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Name</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Description</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Instructions</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Guardrails</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Language</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Form of address</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Length</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Tone</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Signature</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Model</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Vector stores</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Knowledge search</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Output</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>JSON schema</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Output tokens</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Passages</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Score threshold</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Budget (US dollars)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Metadata</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>on</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>off</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>no limit</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>(empty)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Not valid JSON at line {0}, column {1}: {2}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Not valid JSON: {0}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A schema is a JSON object: it begins with { and ends with }.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>default</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>“{0}” has edits that are not saved.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>They cannot be saved yet: {0}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Saving makes a new version of it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Export the assistant</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Import assistants</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>All files (*)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Assistants (*.json)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The customer’s language</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>French</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>English</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Formal (vous)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Friendly (tu)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Short</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Medium</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Long</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A JSON object</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A reply</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>this machine</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>no longer offered</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>no language model: quotes your files</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>version {0}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>not used yet</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>used {0}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>restored from version {0}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Version {0}</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>AssistantsController</name>
    <message>
        <source>“{0}” was imported.</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>%n assistant(s) were imported.</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>{0} could not be written: {1}. Choose another folder.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Exported to {0}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Saved as version {0}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Your edits were discarded.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Version {0} is loaded.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Undo</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>New assistant</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{0} (copy)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>“{0}” is in the bin.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Version {0} is back, as version {1}.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>AssistantsView</name>
    <message>
        <source>No assistant is open</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose one on the left, make one from a template, or drop an exported file here.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>New</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>BinDialog</name>
    <message>
        <source>Deleted assistants</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The bin is empty</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Assistants that you delete wait here.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Restore</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Close</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Deleted stores</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Stores that you delete wait here.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Delete for good…</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>ChecklistPane</name>
    <message>
        <source>Questions in the mail</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No questions yet</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>When a reply is drafted, the mail’s questions are listed here: answered, or still open.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Answered from a source</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open: no source was found</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Looking for a source…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Not known: the run ended early</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>ConversationPane</name>
    <message>
        <source>Conversation</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>More actions on this thread</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Rename, details, delete</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Change the thread&apos;s state</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Rename…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Details…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Delete thread</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>State: {0}</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>ConversationText</name>
    <message>
        <source>↩ Your reply, sent</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Customer</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>⋯ quoted history</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>⋯ hide quoted history</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>⋯ signature</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>⋯ hide signature</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This mail carried hidden text; it was left out.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This mail wanted to load pictures from the internet; they were not loaded.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This mail is very long; only its beginning is shown.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Attachment: {0} ({1}, not kept)</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>CustomerPane</name>
    <message>
        <source>saved</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No customer</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Who wrote, what you noted, and their other threads.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Name</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Name of the customer</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Address of the customer</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>N&amp;otes</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Notes on the customer</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>For you and your team; never sent.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Facts</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Other threads</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Other threads of this customer</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>DetailsDialog</name>
    <message>
        <source>Details of the thread</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Metadata</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Order number, channel, anything that helps to find the thread again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Save</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>DraftFoot</name>
    <message>
        <source>Copy</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Copy the reply without its markers</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Copy the reply</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Mark as sent</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The text joins the conversation</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Earlier texts</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Earlier texts of this draft…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>State of the draft</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Size and cost of a draft</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Stop</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Stop writing; the text so far is kept</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Draft</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Draft a reply from your files</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>sent to {0}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>stays on this machine</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>saving…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>saved</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>not saved, trying again: {0}</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>DraftPane</name>
    <message>
        <source>Draft of the reply</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Write the reply here, or press Draft ({0}) for a suggestion.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>DraftStrip</name>
    <message>
        <source>Draft</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Language of the reply</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Assistant</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The assistant that drafts</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Questions with a source</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Default: {0}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Default assistant</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Customer’s ({0})</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Customer’s language</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{0}/{1} sourced</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>%n open</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
</context>
<context>
    <name>DropHint</name>
    <message>
        <source>Drop to add these mails</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>FilesController</name>
    <message numerus="yes">
        <source>%n file(s) removed</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>Stopped. What was ready stays.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No file there can be read. Known types: {0}</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>%n file(s) could not be added: their rows say why.</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n file(s) ready</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>Remove “{0}”?</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>Remove %n file(s)?</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>The text leaves this store for good. The files on your disk stay as they are.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Remove</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>FilesHeader</name>
    <message>
        <source>Add files</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Add folder</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>More about this store</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Retry failed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Rename</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Store settings…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Delete store</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Stop</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Stop adding files; what is ready stays</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Progress of adding files</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>expires after %n day(s) without use</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>{0} of {1} files</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>FilesPane</name>
    <message>
        <source>Filter by name</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Files of the store</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>See the text</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open the original</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Try again</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Replace…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Remove</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>See the text that was read from the file (Enter)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Put a new version in its place</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Knowledge for your replies</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Make a store, then drop your files here: price lists, terms, manuals, answers.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>New store</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Opening…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No file yet</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Drop files or folders here, or add them.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Add files</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{0} of {1}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Drop to make a store of these files</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Drop to add to “{0}”</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>HistoryDialog</name>
    <message>
        <source>History of {0}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Versions</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What differs</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Compared with</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Close</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Restore version {0}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This is the current version</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Makes version {0} with these settings; nothing is taken back</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This is the only version: nothing to compare it with yet.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>IdentitySection</name>
    <message>
        <source>Identity</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Name</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Description</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>For you and your colleagues; the model does not see it.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>InstructionsSection</name>
    <message>
        <source>Instructions</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What the assistant is for, and how it answers</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Guardrails</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What it must never do or promise; added after the instructions.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Insert a variable</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A variable is filled from the thread when a reply is drafted</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>the customer’s name</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>the customer’s address</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>the thread’s subject</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>your name, from the settings</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>today’s date</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>the language of the reply</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>%Ln character(s)</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>Not known, left as it stands: {0}</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>LimitsSection</name>
    <message>
        <source>Limits</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Passages</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The most a search may bring: 1 to 50.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Score threshold</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Passages below it are left out: from 0 (none) to 1 (all).</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Output tokens</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The most a reply may be long. Left empty, there is no limit.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Budget (US dollars)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The most one draft may cost. Left empty, there is no limit.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No limit</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>ListPane</name>
    <message>
        <source>Filter threads</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Filter by subject, customer or text</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Threads</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Delete thread</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No thread matches this filter.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Threads appear here.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>MailIntake</name>
    <message>
        <source>The pasted mail</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>MainWindow</name>
    <message>
        <source>The program could not be opened</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Close</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Threads</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Vector stores</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Assistants</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;File</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;View</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Help</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Language</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Theme</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open mail…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Paste a mail…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Load the sample shop</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Quit</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open the log folder</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>About IAPoste Desktop</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Tasks</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Show uploads and drafts under way</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>As the system</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Light</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Dark</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>MetadataEditor</name>
    <message>
        <source>Add a pair</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Key</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Key of pair {0}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Value</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Value of pair {0}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Remove pair {0}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Remove this pair</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{0} of {1}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Give this value a key.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A key has at most {0} characters.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A value has at most {0} characters.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Another pair has this key.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>MetadataSection</name>
    <message>
        <source>A pair is not complete: see the sentence under it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Metadata</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Pairs of your own, for other programs; exported with the assistant.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>ModelSection</name>
    <message>
        <source>Model</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It finds the sentences that answer and quotes them, in the language, form of address and length chosen above. Instructions, guardrails and tone are for language models.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Notice</name>
    <message numerus="yes">
        <source>%n mail(s) could not be opened</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>Mails that could not be opened</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Close this message</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>OpenAssistant</name>
    <message>
        <source>It was changed elsewhere: there is a version {0} now. Your edits are kept.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Load version {0}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It was deleted elsewhere. Your edits are kept: restore it to save them.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Restore</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>PasteDialog</name>
    <message>
        <source>Paste a mail</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Text of the mail</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Paste the customer’s mail here, with its heading if you have it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Customer’s name</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Customer’s &amp;address</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Name and address are needed only where the text does not say them.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Add the mail</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>RenameDialog</name>
    <message>
        <source>Rename the thread</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Subject</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Rename</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Reply</name>
    <message>
        <source>The reply is copied, without its markers.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Sent: the reply joined the conversation.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>RevisionsDialog</name>
    <message>
        <source>Earlier texts of this draft</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Earlier texts</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The earlier text</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Texts that were replaced, emptied or sent are kept here. There are none yet.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Bring back</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>accepted suggestion</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>before a suggestion was accepted</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>before it was emptied</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>before an earlier text was brought back</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>as it was sent</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Run</name>
    <message>
        <source>Searching “{0}”</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Searched “{0}”</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Called {0}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Checking the citations</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Writing</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{0}, best score {1}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{0} exact, {1} approximate, {2} not found</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>RunPane</name>
    <message>
        <source>No run yet</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Each step of a draft is shown here while it happens, with time and tokens.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Runs of this thread</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Earlier runs of this thread</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Technical detail</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>State of the run</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Time, tokens and cost of the run</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>SaveBar</name>
    <message>
        <source>Note</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Note on the new version</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What changed (optional)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Save as version {0}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Saving…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Not saved yet</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nothing changed since the last version</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Keep these settings as a new version</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>SearchPane</name>
    <message>
        <source>Try a search</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Words or a question</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Passages found</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>See which passages a draft would find here, and how well they match.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nothing found</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No file of this store has these words. Try fewer or other words.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>ShellController</name>
    <message numerus="yes">
        <source>%n draft(s) were interrupted; their text is kept as a suggestion.</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Indexing goes on: %n file(s) left.</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>The sample shop is ready: pick a mail and press Draft.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>SidePanes</name>
    <message>
        <source>Sources</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Run</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Customer</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Checklist</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Sources, run, customer, checklist</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>SourceCard</name>
    <message>
        <source>Open the file at this place</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open source {0} at its place</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>internal: not for customers</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>SourceOpener</name>
    <message>
        <source>The original cannot be opened here; its text is shown.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>SourceViewer</name>
    <message>
        <source>Parts of the file</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Extracted text</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Find in the text</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open the original</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Close</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Previous part</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Next part</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Back to the passage</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Part {0}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{0} of {1}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Not found</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Sources</name>
    <message>
        <source>Files of this type are not opened from here.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The store keeps no copy of “{0}”.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No program on this computer opens “{0}”.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>SourcesPane</name>
    <message>
        <source>Also found</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Sources</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No sources yet</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>When a reply is drafted, the passages it stands on appear here.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>StatusBar</name>
    <message>
        <source>Model</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Tokens and cost of this thread</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Opening…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Cloud</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This machine</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>no language model: quotes your files</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>%n task(s)</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>Tasks</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>StoreDelegate</name>
    <message>
        <source>Name of the store</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>StoreDialog</name>
    <message>
        <source>New store</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Store settings</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Name</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>For example: terms and delivery</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Internal</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Its text may inform a reply, but is not meant for customers.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Expires after</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Days without use</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source> days without use</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>An expired store is no longer listed or searched.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Metadata</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Notes for your own tools: a key and a value, up to 16 pairs.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Create store</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Save</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Give the store a name.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A name has at most {0} characters.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>StoresPane</name>
    <message>
        <source>Vector stores</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>More about stores</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>New store</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Rename</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Store settings…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Delete store</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Deleted stores…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No store yet</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A store holds the files that replies are drawn from, and quote.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>StoresSection</name>
    <message>
        <source>Vector stores</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Replies are drawn from the files of the stores checked here, and quote them.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There is no store yet: make one in the Vector stores tab, and check it here.</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>%n file(s)</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>internal: not quoted to customers</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>StyleSection</name>
    <message>
        <source>Reply style</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Language</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Form of address</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Length</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Tone</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>For example: warm, factual</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Signature</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Ends every reply. Left empty, the signature of the settings is used.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>SuggestionPane</name>
    <message>
        <source>Suggestion</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Accept</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Make this text the draft; yours is kept</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Keep mine</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Put the suggestion away</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>quotes your files, no language model</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Suggestion · {0}</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>TaskRow</name>
    <message>
        <source>Cancel</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Try what failed again</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Progress</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Files into “{0}”</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Draft for “{0}”</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>under way</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>done</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>failed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>cancelled</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>interrupted</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{0} of {1}</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>%n failed</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
</context>
<context>
    <name>TasksPanel</name>
    <message>
        <source>Nothing is running</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Uploads and drafts appear here, with their progress.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Clear what is done</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>ThreadCare</name>
    <message>
        <source>“{0}” is in the bin.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Undo</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Threads</name>
    <message>
        <source>writing…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>draft</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>To answer</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Drafted</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Sent</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Closed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>(no subject)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>unknown sender</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>French</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>English</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>being checked</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>exact</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>approximate</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>not found in the file</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>strong</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>good</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>weak</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>waiting</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>running</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>waits for you</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>stopping</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>stopped</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>done</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>failed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>incomplete</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>expired</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>interrupted</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{0} s</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The run failed.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>You stopped it: this is the text so far.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It was interrupted: this is the text so far.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A limit was reached: the text is incomplete.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The run expired before it ended.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>ThreadsController</name>
    <message>
        <source>The draft is ready.</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>%n mail(s) added.</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>This mail is here already.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>ThreadsView</name>
    <message>
        <source>Open mails</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Mails (*.eml)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>All files (*)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Threads</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Times</name>
    <message>
        <source>just now</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>yesterday</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%n days ago</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Toast</name>
    <message>
        <source>Close this message</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>ToolsSection</name>
    <message>
        <source>Tools</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Knowledge search</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Look for passages in the vector stores before answering.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>JSON output</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Answer with a JSON object, for sorting mail; not with a reply. It searches no files.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>JSON schema</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The shape of the object. Left empty, any object will do.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>VectorStores</name>
    <message>
        <source>Name</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>State</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Size</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Pages</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Language</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Last cited</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Files that can be read</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>All files</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%n file(s)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%n failed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>internal</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>waiting</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>checking</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>reading</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>indexing</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>finishing</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{0} {1}%</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>ready</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>cancelled</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>failed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>strong</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>good</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>weak</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>VectorStoresController</name>
    <message>
        <source>“{0}” is in the bin</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Undo</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>“{0}” was deleted</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Delete “{0}” for good?</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Its files leave this program. Nothing brings them back; the files on your disk stay.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Delete for good</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Welcome</name>
    <message>
        <source>Choose a thread, or drop a mail here</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A customer’s mail becomes a thread; a reply to it joins the same thread.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Drop a mail here</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Drop .eml files anywhere in this tab, open or paste one, or look around with the sample shop.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open mail…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose mails saved as .eml</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Paste…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Paste the text of a mail</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Load the sample shop</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>_MissingStore</name>
    <message>
        <source>{0}: no longer there</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Remove</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Remove {0}</source>
        <translation type="unfinished"></translation>
    </message>
</context>
</TS>
