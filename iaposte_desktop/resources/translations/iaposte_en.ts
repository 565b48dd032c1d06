<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en_US">
<context>
    <name>AssistantsController</name>
    <message numerus="yes">
        <source>%n assistant(s) were imported.</source>
        <translation>
            <numerusform>%n assistant was imported.</numerusform>
            <numerusform>%n assistants were imported.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>AttributesDialog</name>
    <message numerus="yes">
        <source>%n file(s)</source>
        <translation>
            <numerusform>%n file</numerusform>
            <numerusform>%n files</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>CopyDialog</name>
    <message numerus="yes">
        <source>Of %n file(s) only the text can be had.</source>
        <translation>
            <numerusform>Of %n file only the text can be had.</numerusform>
            <numerusform>Of %n files only the text can be had.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Counts</name>
    <message numerus="yes">
        <source>%n file(s)</source>
        <translation>
            <numerusform>%n file</numerusform>
            <numerusform>%n files</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n failed</source>
        <translation>
            <numerusform>%n failed</numerusform>
            <numerusform>%n failed</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n line(s) unchanged</source>
        <translation>
            <numerusform>%n line unchanged</numerusform>
            <numerusform>%n lines unchanged</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n min ago</source>
        <translation>
            <numerusform>%n min ago</numerusform>
            <numerusform>%n min ago</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n h ago</source>
        <translation>
            <numerusform>%n h ago</numerusform>
            <numerusform>%n h ago</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n days ago</source>
        <translation>
            <numerusform>%n day ago</numerusform>
            <numerusform>%n days ago</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln token(s)</source>
        <translation>
            <numerusform>%Ln token</numerusform>
            <numerusform>%Ln tokens</numerusform>
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
            <numerusform>%Ln draft</numerusform>
            <numerusform>%Ln drafts</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>DraftStrip</name>
    <message numerus="yes">
        <source>%n open</source>
        <translation>
            <numerusform>%n open</numerusform>
            <numerusform>%n open</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>DuplicatesDialog</name>
    <message numerus="yes">
        <source>cited by %n draft(s)</source>
        <translation>
            <numerusform>cited by %n draft</numerusform>
            <numerusform>cited by %n drafts</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>FilesController</name>
    <message numerus="yes">
        <source>%n file(s) removed</source>
        <translation>
            <numerusform>%n file removed</numerusform>
            <numerusform>%n files removed</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n file(s) could not be added: their rows say why.</source>
        <translation>
            <numerusform>%n file could not be added: its row says why.</numerusform>
            <numerusform>%n files could not be added: their rows say why.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n file(s) ready</source>
        <translation>
            <numerusform>%n file ready</numerusform>
            <numerusform>%n files ready</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Remove %n file(s)?</source>
        <translation>
            <numerusform>Remove %n file?</numerusform>
            <numerusform>Remove %n files?</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>FilesHeader</name>
    <message numerus="yes">
        <source>expires after %n day(s) without use</source>
        <translation>
            <numerusform>expires after %n day without use</numerusform>
            <numerusform>expires after %n days without use</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>FolderCounts</name>
    <message numerus="yes">
        <source>%Ln added</source>
        <translation>
            <numerusform>%Ln added</numerusform>
            <numerusform>%Ln added</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln changed</source>
        <translation>
            <numerusform>%Ln changed</numerusform>
            <numerusform>%Ln changed</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln moved</source>
        <translation>
            <numerusform>%Ln moved</numerusform>
            <numerusform>%Ln moved</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln removed</source>
        <translation>
            <numerusform>%Ln removed</numerusform>
            <numerusform>%Ln removed</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>FolderDialog</name>
    <message numerus="yes">
        <source>Take over %n change(s)</source>
        <translation>
            <numerusform>Take over %n change</numerusform>
            <numerusform>Take over %n changes</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>FoldersController</name>
    <message numerus="yes">
        <source>%n file(s) removed</source>
        <translation>
            <numerusform>%n file removed</numerusform>
            <numerusform>%n files removed</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>HealthPane</name>
    <message numerus="yes">
        <source>%n thing(s) to look at</source>
        <translation>
            <numerusform>%n thing to look at</numerusform>
            <numerusform>%n things to look at</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>HealthRows</name>
    <message numerus="yes">
        <source>%n file(s) with almost the same text</source>
        <translation>
            <numerusform>%n file with almost the same text</numerusform>
            <numerusform>%n files with almost the same text</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n page(s) without text</source>
        <translation>
            <numerusform>%n page without text</numerusform>
            <numerusform>%n pages without text</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>cited by %n draft(s)</source>
        <translation>
            <numerusform>cited by %n draft</numerusform>
            <numerusform>cited by %n drafts</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>asked %n time(s)</source>
        <translation>
            <numerusform>asked once</numerusform>
            <numerusform>asked %n times</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>InstructionsSection</name>
    <message numerus="yes">
        <source>%Ln character(s)</source>
        <translation>
            <numerusform>%Ln character</numerusform>
            <numerusform>%Ln characters</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>LabColumn</name>
    <message numerus="yes">
        <source>↑ %n higher</source>
        <translation>
            <numerusform>↑ %n higher</numerusform>
            <numerusform>↑ %n higher</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>↓ %n lower</source>
        <translation>
            <numerusform>↓ %n lower</numerusform>
            <numerusform>↓ %n lower</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>LookCounts</name>
    <message numerus="yes">
        <source>%Ln file(s) will be added</source>
        <translation>
            <numerusform>%Ln file will be added</numerusform>
            <numerusform>%Ln files will be added</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln cannot be read</source>
        <translation>
            <numerusform>%Ln cannot be read</numerusform>
            <numerusform>%Ln cannot be read</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln already there</source>
        <translation>
            <numerusform>%Ln already there</numerusform>
            <numerusform>%Ln already there</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln left out</source>
        <translation>
            <numerusform>%Ln left out</numerusform>
            <numerusform>%Ln left out</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln page(s) without text</source>
        <translation>
            <numerusform>%Ln page without text</numerusform>
            <numerusform>%Ln pages without text</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>MailNotice</name>
    <message numerus="yes">
        <source>%n mail(s) could not be opened</source>
        <translation>
            <numerusform>%n mail could not be opened</numerusform>
            <numerusform>%n mails could not be opened</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>MovesController</name>
    <message numerus="yes">
        <source>Exported, but %n file(s) are not in it: nothing of them is here.</source>
        <translation>
            <numerusform>Exported, but %n file is not in it: nothing of it is here.</numerusform>
            <numerusform>Exported, but %n files are not in it: nothing of them is here.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n file(s) could not be added: their rows say why.</source>
        <translation>
            <numerusform>%n file could not be added: its row says why.</numerusform>
            <numerusform>%n files could not be added: their rows say why.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>PreflightDialog</name>
    <message numerus="yes">
        <source>Add %n file(s)</source>
        <translation>
            <numerusform>Add %n file</numerusform>
            <numerusform>Add %n files</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n selected:</source>
        <translation>
            <numerusform>%n selected:</numerusform>
            <numerusform>%n selected:</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Reports</name>
    <message numerus="yes">
        <source>%n model(s)</source>
        <translation>
            <numerusform>%n model</numerusform>
            <numerusform>%n models</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{0} is running here (%n model(s))</source>
        <translation>
            <numerusform>{0} is running here (%n model)</numerusform>
            <numerusform>{0} is running here (%n models)</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>SearchTestsController</name>
    <message numerus="yes">
        <source>%n search test(s) fail now: “{0}” no longer finds {1}.</source>
        <translation>
            <numerusform>%n search test fails now: “{0}” no longer finds {1}.</numerusform>
            <numerusform>%n search tests fail now: “{0}” no longer finds {1}.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>SearchTestsPane</name>
    <message numerus="yes">
        <source>%n test(s) failed</source>
        <translation>
            <numerusform>%n test failed</numerusform>
            <numerusform>%n tests failed</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n test(s) not run since the files changed</source>
        <translation>
            <numerusform>%n test not run since the files changed</numerusform>
            <numerusform>%n tests not run since the files changed</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ShellController</name>
    <message numerus="yes">
        <source>%n draft(s) were interrupted; their text is kept as a suggestion.</source>
        <translation>
            <numerusform>%n draft was interrupted; its text is kept as a suggestion.</numerusform>
            <numerusform>%n drafts were interrupted; their text is kept as a suggestion.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Indexing goes on: %n file(s) left.</source>
        <translation>
            <numerusform>Indexing goes on: %n file left.</numerusform>
            <numerusform>Indexing goes on: %n files left.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>SourceNotice</name>
    <message numerus="yes">
        <source>%n source(s) of this draft changed</source>
        <translation>
            <numerusform>A source of this draft has changed</numerusform>
            <numerusform>%n sources of this draft have changed</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>StatusBar</name>
    <message numerus="yes">
        <source>%n task(s)</source>
        <translation>
            <numerusform>%n task</numerusform>
            <numerusform>%n tasks</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ThreadsController</name>
    <message numerus="yes">
        <source>%n mail(s) added.</source>
        <translation>
            <numerusform>%n mail added.</numerusform>
            <numerusform>%n mails added.</numerusform>
        </translation>
    </message>
</context>
</TS>
