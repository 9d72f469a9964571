<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en_US">
<context>
    <name>Calendar</name>
    <message numerus="yes">
        <source>Show what is past (%n)</source>
        <translation>
            <numerusform>Show what is past (%n)</numerusform>
            <numerusform>Show what is past (%n)</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>After “{title}” and %n more</source>
        <translation>
            <numerusform>After “{title}” and %n more</numerusform>
            <numerusform>After “{title}” and %n more</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n to do first</source>
        <translation>
            <numerusform>%n to do first</numerusform>
            <numerusform>%n to do first</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Course</name>
    <message numerus="yes">
        <source>%n activities are not translated yet.</source>
        <translation>
            <numerusform>%n activity is not translated yet.</numerusform>
            <numerusform>%n activities are not translated yet.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{titles} and %n more</source>
        <translation>
            <numerusform>{titles} and %n more</numerusform>
            <numerusform>{titles} and %n more</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>HandIn</name>
    <message numerus="yes">
        <source>Files: {n} of %n piece(s) sent.</source>
        <translation>
            <numerusform>Files: {n} of %n piece sent.</numerusform>
            <numerusform>Files: {n} of %n pieces sent.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n word(s), and at least {n} are asked for: {question}</source>
        <translation>
            <numerusform>%n word, and at least {n} are asked for: {question}</numerusform>
            <numerusform>%n words, and at least {n} are asked for: {question}</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n word(s), and at most {n} are asked for: {question}</source>
        <translation>
            <numerusform>%n word, and at most {n} are asked for: {question}</numerusform>
            <numerusform>%n words, and at most {n} are asked for: {question}</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Messages</name>
    <message numerus="yes">
        <source>%n unread</source>
        <translation>
            <numerusform>%n unread</numerusform>
            <numerusform>%n unread</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Next</name>
    <message numerus="yes">
        <source>Warm up with %n question(s)</source>
        <translation>
            <numerusform>Warm up with %n question</numerusform>
            <numerusform>Warm up with %n questions</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>For your attestation, %n thing(s) are left.</source>
        <translation>
            <numerusform>For your attestation, %n thing is left.</numerusform>
            <numerusform>For your attestation, %n things are left.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n more was due meanwhile.</source>
        <translation>
            <numerusform>%n more was due meanwhile.</numerusform>
            <numerusform>%n more were due meanwhile.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>What is left of the course would take %n week(s).</source>
        <translation>
            <numerusform>What is left of the course would take %n week.</numerusform>
            <numerusform>What is left of the course would take %n weeks.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Notes</name>
    <message numerus="yes">
        <source>%n link(s) are waiting for you.</source>
        <translation>
            <numerusform>%n link is waiting for you.</numerusform>
            <numerusform>%n links are waiting for you.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>QuizView</name>
    <message numerus="yes">
        <source>%n more answer(s) possible</source>
        <translation>
            <numerusform>%n more answer possible</numerusform>
            <numerusform>%n more answers possible</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n question(s) to look at again:</source>
        <translation>
            <numerusform>%n question to look at again:</numerusform>
            <numerusform>%n questions to look at again:</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n question(s) not answered:</source>
        <translation>
            <numerusform>%n question not answered:</numerusform>
            <numerusform>%n questions not answered:</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n attempt(s) left</source>
        <translation>
            <numerusform>%n attempt left</numerusform>
            <numerusform>%n attempts left</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n question(s), in any order you like.</source>
        <translation>
            <numerusform>%n question.</numerusform>
            <numerusform>%n questions, in any order you like.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n word(s)</source>
        <translation>
            <numerusform>%n word</numerusform>
            <numerusform>%n words</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n attempt(s) left.</source>
        <translation>
            <numerusform>%n attempt left.</numerusform>
            <numerusform>%n attempts left.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n point(s)</source>
        <translation>
            <numerusform>%n point</numerusform>
            <numerusform>%n points</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Right after %n wrong try(s): {share} of the points.</source>
        <translation>
            <numerusform>Right after %n wrong try: {share} of the points.</numerusform>
            <numerusform>Right after %n wrong tries: {share} of the points.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Revision</name>
    <message numerus="yes">
        <source>%n due</source>
        <translation>
            <numerusform>%n due</numerusform>
            <numerusform>%n due</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n question(s) come again</source>
        <translation>
            <numerusform>%n question comes again</numerusform>
            <numerusform>%n questions come again</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n question(s) will not come again. Your answers and marks stay.</source>
        <translation>
            <numerusform>%n question will not come again. Your answers and marks stay.</numerusform>
            <numerusform>%n questions will not come again. Your answers and marks stay.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n question(s) today</source>
        <translation>
            <numerusform>%n question today</numerusform>
            <numerusform>%n questions today</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>about %n minute(s)</source>
        <translation>
            <numerusform>about %n minute</numerusform>
            <numerusform>about %n minutes</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n question(s) wait for a course that is not on this computer.</source>
        <translation>
            <numerusform>%n question waits for a course that is not on this computer.</numerusform>
            <numerusform>%n questions wait for a course that is not on this computer.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{questions}, of which %n today.</source>
        <translation>
            <numerusform>{questions}, of which %n today.</numerusform>
            <numerusform>{questions}, of which %n today.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n more question(s) can wait.</source>
        <translation>
            <numerusform>%n more question can wait.</numerusform>
            <numerusform>%n more questions can wait.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Search</name>
    <message numerus="yes">
        <source>%n found</source>
        <translation>
            <numerusform>%n found</numerusform>
            <numerusform>%n found</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>The first %n: add a word to find less</source>
        <translation>
            <numerusform>The first one: add a word to find less</numerusform>
            <numerusform>The first %n: add a word to find less</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n file(s) still being read</source>
        <translation>
            <numerusform>%n file still being read</numerusform>
            <numerusform>%n files still being read</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Space</name>
    <message numerus="yes">
        <source>%n file(s) are damaged or gone, of {all}.</source>
        <translation>
            <numerusform>%n file of {all} is damaged or gone.</numerusform>
            <numerusform>%n files of {all} are damaged or gone.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n file(s) checked, each as it was published.</source>
        <translation>
            <numerusform>%n file checked, as it was published.</numerusform>
            <numerusform>%n files checked, each as it was published.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n file(s) are here that no download knows of.</source>
        <translation>
            <numerusform>%n file is here that no download knows of.</numerusform>
            <numerusform>%n files are here that no download knows of.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n file(s) are left over, {size}, and would go.</source>
        <translation>
            <numerusform>%n file is left over, {size}, and would go.</numerusform>
            <numerusform>%n files are left over, {size}, and would go.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>and %n more</source>
        <translation>
            <numerusform>and %n more</numerusform>
            <numerusform>and %n more</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n file(s) are fetched again: only what is bad of them.</source>
        <translation>
            <numerusform>%n file is fetched again: only what is bad of it.</numerusform>
            <numerusform>%n files are fetched again: only what is bad of them.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n file(s) were damaged: download again.</source>
        <translation>
            <numerusform>%n file was damaged: download it again.</numerusform>
            <numerusform>%n files were damaged: download them again.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Show %n more</source>
        <translation>
            <numerusform>Show %n more</numerusform>
            <numerusform>Show %n more</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Videos of %n week(s)</source>
        <translation>
            <numerusform>Videos of %n week</numerusform>
            <numerusform>Videos of %n weeks</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Survey</name>
    <message numerus="yes">
        <source>%n answer(s)</source>
        <translation>
            <numerusform>%n answer</numerusform>
            <numerusform>%n answers</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n question(s) still need an answer.</source>
        <translation>
            <numerusform>%n question still needs an answer.</numerusform>
            <numerusform>%n questions still need an answer.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Upload</name>
    <message numerus="yes">
        <source>At most %n file(s)</source>
        <translation>
            <numerusform>At most %n file</numerusform>
            <numerusform>At most %n files</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n file(s): {size} will be sent with the next sync.</source>
        <translation>
            <numerusform>%n file: {size} will be sent with the next sync.</numerusform>
            <numerusform>%n files: {size} will be sent with the next sync.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n file(s), {size}. This platform takes files by stick alone: see “Carry on a stick” in My work. What you write still goes over the network.</source>
        <translation>
            <numerusform>%n file, {size}. This platform takes files by stick alone: see “Carry on a stick” in My work. What you write still goes over the network.</numerusform>
            <numerusform>%n files, {size}. This platform takes files by stick alone: see “Carry on a stick” in My work. What you write still goes over the network.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n file(s), {size}, stay on this computer until it belongs to a platform.</source>
        <translation>
            <numerusform>%n file, {size}, stays on this computer until it belongs to a platform.</numerusform>
            <numerusform>%n files, {size}, stay on this computer until it belongs to a platform.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Window</name>
    <message numerus="yes">
        <source>%n course(s) on offer.</source>
        <translation>
            <numerusform>%n course on offer.</numerusform>
            <numerusform>%n courses on offer.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n act(s) received by the platform.</source>
        <translation>
            <numerusform>%n act received by the platform.</numerusform>
            <numerusform>%n acts received by the platform.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n act(s) from your other computers came.</source>
        <translation>
            <numerusform>%n act from your other computers came.</numerusform>
            <numerusform>%n acts from your other computers came.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n new message(s) came.</source>
        <translation>
            <numerusform>%n new message came.</numerusform>
            <numerusform>%n new messages came.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n act(s) refused: see My work</source>
        <translation>
            <numerusform>%n act refused: see My work</numerusform>
            <numerusform>%n acts refused: see My work</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n act(s) saved, to be sent</source>
        <translation>
            <numerusform>%n act saved, to be sent</numerusform>
            <numerusform>%n acts saved, to be sent</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Files: {n} of %n piece(s) sent</source>
        <translation>
            <numerusform>Files: {n} of %n piece sent</numerusform>
            <numerusform>Files: {n} of %n pieces sent</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Work</name>
    <message numerus="yes">
        <source>%n act(s) that nobody has received yet</source>
        <translation>
            <numerusform>%n act that nobody has received yet</numerusform>
            <numerusform>%n acts that nobody has received yet</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n file(s) written. Remove the stick as your system asks for.</source>
        <translation>
            <numerusform>%n file written. Remove the stick as your system asks for.</numerusform>
            <numerusform>%n files written. Remove the stick as your system asks for.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n act(s) of {name} are new on this computer.</source>
        <translation>
            <numerusform>%n act of {name} is new on this computer.</numerusform>
            <numerusform>%n acts of {name} are new on this computer.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n file(s) that you handed in go with them.</source>
        <translation>
            <numerusform>%n file that you handed in goes with them.</numerusform>
            <numerusform>%n files that you handed in go with them.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n act(s) received by the platform.</source>
        <translation>
            <numerusform>%n act received by the platform.</numerusform>
            <numerusform>%n acts received by the platform.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n piece(s) of files arrived.</source>
        <translation>
            <numerusform>%n piece of files arrived.</numerusform>
            <numerusform>%n pieces of files arrived.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n act(s) refused: see why below.</source>
        <translation>
            <numerusform>%n act refused: see why below.</numerusform>
            <numerusform>%n acts refused: see why below.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n message(s) came: see Messages.</source>
        <translation>
            <numerusform>%n message came: see Messages.</numerusform>
            <numerusform>%n messages came: see Messages.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>files: {n} of %n piece(s) sent</source>
        <translation>
            <numerusform>files: {n} of %n piece sent</numerusform>
            <numerusform>files: {n} of %n pieces sent</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n act(s)</source>
        <translation>
            <numerusform>%n act</numerusform>
            <numerusform>%n acts</numerusform>
        </translation>
    </message>
</context>
</TS>
