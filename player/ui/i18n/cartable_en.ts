<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en_US">
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
        <source>%n attempt(s) left.</source>
        <translation>
            <numerusform>%n attempt left.</numerusform>
            <numerusform>%n attempts left.</numerusform>
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
</context>
</TS>
