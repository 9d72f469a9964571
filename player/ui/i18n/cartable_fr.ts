<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="fr_FR">
<context>
    <name>Attestation</name>
    <message>
        <source>How you get it</source>
        <translation>Comment l’obtenir</translation>
    </message>
    <message>
        <source>When all of this is done, you get a provisional attestation here at once, and the platform&apos;s own, signed, with a later connection.</source>
        <translation>Quand tout cela est fait, vous obtenez ici aussitôt une attestation provisoire, et celle de la plateforme, signée, avec une prochaine connexion.</translation>
    </message>
    <message>
        <source>Save for a portfolio…</source>
        <translation>Enregistrer pour un portfolio…</translation>
    </message>
    <message>
        <source>Your provisional attestation</source>
        <translation>Votre attestation provisoire</translation>
    </message>
    <message>
        <source>All that the course asks for is done here. Saving or printing it tells the platform, which confirms it with a message; until then the sheet says that it is provisional.</source>
        <translation>Tout ce que le cours demande est fait ici. L’enregistrer ou l’imprimer le dit à la plateforme, qui le confirme par un message&#x202f;; d’ici là, la feuille indique qu’elle est provisoire.</translation>
    </message>
    <message>
        <source>Nothing is left to do here. The platform has to give a mark; it comes with a later connection.</source>
        <translation>Il ne reste rien à faire ici. La plateforme doit donner une note&#x202f;; elle viendra avec une prochaine connexion.</translation>
    </message>
    <message>
        <source>Name to print</source>
        <translation>Nom à imprimer</translation>
    </message>
    <message>
        <source>It stays on this computer, and on what you save or print.</source>
        <translation>Il reste sur cet ordinateur, et sur ce que vous enregistrez ou imprimez.</translation>
    </message>
    <message>
        <source>Save as PDF…</source>
        <translation>Enregistrer en PDF…</translation>
    </message>
    <message>
        <source>Print…</source>
        <translation>Imprimer…</translation>
    </message>
    <message>
        <source>Copy the text</source>
        <translation>Copier le texte</translation>
    </message>
    <message>
        <source>Add to LinkedIn</source>
        <translation>Ajouter à LinkedIn</translation>
    </message>
    <message>
        <source>Copied: paste it where it is asked for.</source>
        <translation>Copié&#xa0;: collez-le là où on vous le demande.</translation>
    </message>
    <message>
        <source>Your attestation</source>
        <translation>Votre attestation</translation>
    </message>
    <message>
        <source>Go there</source>
        <translation>Y aller</translation>
    </message>
    <message>
        <source>Attestation</source>
        <translation>Attestation</translation>
    </message>
    <message>
        <source>Some of it this version of Cartable cannot show; it holds nobody up here, and the platform looks at it.</source>
        <translation>Cette version de Cartable ne peut pas tout montrer&#x202f;; cela ne retient personne ici, et la plateforme en tient compte.</translation>
    </message>
    <message>
        <source>done</source>
        <translation>fait</translation>
    </message>
    <message>
        <source>PROVISIONAL: {platform} has not confirmed it yet. It attests nothing until then.</source>
        <translation>PROVISOIRE&#xa0;: {platform} ne l’a pas encore confirmée. D’ici là, elle n’atteste rien.</translation>
    </message>
    <message>
        <source>By what was recorded on this computer, all that the course “{course}” asks for is done.</source>
        <translation>D’après ce qui est enregistré sur cet ordinateur, tout ce que demande le cours «&#xa0;{course}&#xa0;» est fait.</translation>
    </message>
    <message>
        <source>Made on {day}, by the clock of this computer</source>
        <translation>Faite le {day}, d’après l’horloge de cet ordinateur</translation>
    </message>
    <message>
        <source>{platform} attests this for the course “{course}”.</source>
        <translation>{platform} l’atteste pour le cours «&#xa0;{course}&#xa0;».</translation>
    </message>
    <message>
        <source>Issued on {day}</source>
        <translation>Délivrée le {day}</translation>
    </message>
    <message>
        <source>The code holds this claim, signed with the key of the learner&apos;s computer. Anybody can check by it that nothing was changed; it proves no more than that.</source>
        <translation>Le code contient cette déclaration, signée avec la clé de l’ordinateur de l’apprenant. Chacun peut y vérifier que rien n’a été changé&#x202f;; il ne prouve rien de plus.</translation>
    </message>
    <message>
        <source>The code is the credential itself (Open Badges 3.0), signed by {platform}. It can be checked without a network: with Cartable, or with any program that knows the key below.</source>
        <translation>Le code est l’attestation elle-même (Open Badges 3.0), signée par {platform}. Elle se vérifie sans réseau&#xa0;: avec Cartable, ou tout programme qui connaît la clé ci-dessous.</translation>
    </message>
    <message>
        <source>The name was written by whoever printed this page: the code names nobody, only the account of a learner.</source>
        <translation>Le nom a été écrit par la personne qui a imprimé cette page&#xa0;: le code ne nomme personne, seulement le compte d’un apprenant.</translation>
    </message>
    <message>
        <source>In translation: {title}</source>
        <translation>En traduction&#xa0;: {title}</translation>
    </message>
    <message>
        <source>{title}: {done} of {all} done. Next: {what}</source>
        <translation>{title}&#xa0;: {done} sur {all}. Ensuite&#xa0;: {what}</translation>
    </message>
    <message>
        <source>Watch {need} of the videos: {have} so far</source>
        <translation>Regarder {need} des vidéos&#xa0;: {have} pour l’instant</translation>
    </message>
    <message>
        <source>{title}: confirmed by {platform}.</source>
        <translation>{title}&#xa0;: confirmée par {platform}.</translation>
    </message>
    <message>
        <source>{title}: asked for. The platform has yet to confirm it.</source>
        <translation>{title}&#xa0;: demandée. La plateforme doit encore la confirmer.</translation>
    </message>
    <message>
        <source>Hand in {need} of what there is to answer: {have} so far</source>
        <translation>Remettre {need} de ce qui est à faire&#xa0;: {have} pour l’instant</translation>
    </message>
    <message>
        <source>{title}: all that it asks for is done.</source>
        <translation>{title}&#xa0;: tout ce qu’elle demande est fait.</translation>
    </message>
    <message>
        <source>Reach {need} on average: {have} so far</source>
        <translation>Atteindre {need} de moyenne&#xa0;: {have} pour l’instant</translation>
    </message>
    <message>
        <source>Reach {need} in “{title}”: {have} so far</source>
        <translation>Atteindre {need} à «&#xa0;{title}&#xa0;»&#xa0;: {have} pour l’instant</translation>
    </message>
    <message>
        <source>{title}: it has come. Look at it.</source>
        <translation>{title}&#xa0;: elle est arrivée et demande à être vérifiée.</translation>
    </message>
    <message>
        <source>waiting for the mark</source>
        <translation>en attente de la note</translation>
    </message>
    <message>
        <source>{title}: all is done here, waiting for the mark.</source>
        <translation>{title}&#xa0;: tout est fait ici, en attente de la note.</translation>
    </message>
</context>
<context>
    <name>Calendar</name>
    <message>
        <source>A file (.ics) that the calendar of your phone or computer takes in.</source>
        <translation>Un fichier (.ics) que l’agenda de votre téléphone ou de votre ordinateur sait lire.</translation>
    </message>
    <message>
        <source>No dates yet. When one of your courses has dates, you find them here: weeks that open, work that is due, people who meet.</source>
        <translation>Pas encore de dates. Quand un de vos cours en a, vous les trouvez ici&#xa0;: semaines qui s’ouvrent, travaux à finir, rencontres.</translation>
    </message>
    <message>
        <source>Where to save it</source>
        <translation>Où l’enregistrer</translation>
    </message>
    <message>
        <source>Saved as {name}. Open it with your calendar.</source>
        <translation>Enregistré sous {name}. Ouvrez ce fichier avec votre agenda.</translation>
    </message>
    <message>
        <source>Save for your calendar…</source>
        <translation>Enregistrer pour votre agenda…</translation>
    </message>
    <message>
        <source>Calendar</source>
        <translation>Calendrier</translation>
    </message>
    <message>
        <source>Which courses</source>
        <translation>Quels cours</translation>
    </message>
    <message>
        <source>All courses</source>
        <translation>Tous les cours</translation>
    </message>
    <message>
        <source>Nothing more is coming. What was is above.</source>
        <translation>Plus rien à venir. Ce qui est passé se trouve plus haut.</translation>
    </message>
    <message>
        <source>Hide what is past</source>
        <translation>Masquer ce qui est passé</translation>
    </message>
    <message numerus="yes">
        <source>Show what is past (%n)</source>
        <translation>
            <numerusform>Afficher ce qui est passé (%n)</numerusform>
            <numerusform>Afficher ce qui est passé (%n)</numerusform>
        </translation>
    </message>
    <message>
        <source>Join</source>
        <translation>Rejoindre</translation>
    </message>
    <message>
        <source>Go there</source>
        <translation>Y aller</translation>
    </message>
    <message>
        <source>needs a connection</source>
        <translation>demande une connexion</translation>
    </message>
    <message>
        <source>{kind}: {title}</source>
        <translation>{kind}&#xa0;: {title}</translation>
    </message>
    <message>
        <source>This needs a connection.</source>
        <translation>Il faut une connexion.</translation>
    </message>
    <message>
        <source>{day}, {hour}</source>
        <translation>{day}, {hour}</translation>
    </message>
    <message numerus="yes">
        <source>After “{title}” and %n more</source>
        <translation>
            <numerusform>Après «&#xa0;{title}&#xa0;» et %n autre</numerusform>
            <numerusform>Après «&#xa0;{title}&#xa0;» et %n autres</numerusform>
        </translation>
    </message>
    <message>
        <source>Not open yet</source>
        <translation>Pas encore ouvert</translation>
    </message>
    <message>
        <source>today</source>
        <translation>aujourd’hui</translation>
    </message>
    <message>
        <source>tomorrow</source>
        <translation>demain</translation>
    </message>
    <message>
        <source>yesterday</source>
        <translation>hier</translation>
    </message>
    <message>
        <source>“{title}”: {day}.</source>
        <translation>«&#xa0;{title}&#xa0;»&#xa0;: {day}.</translation>
    </message>
    <message>
        <source>Live session</source>
        <translation>Séance en direct</translation>
    </message>
    <message>
        <source>This week</source>
        <translation>Cette semaine</translation>
    </message>
    <message>
        <source>Next week</source>
        <translation>La semaine prochaine</translation>
    </message>
    <message>
        <source>Last week</source>
        <translation>La semaine dernière</translation>
    </message>
    <message>
        <source>Opens {day}</source>
        <translation>S’ouvre {day}</translation>
    </message>
    <message>
        <source>Due {day}</source>
        <translation>À finir pour {day}</translation>
    </message>
    <message>
        <source>Today, {day}</source>
        <translation>Aujourd’hui, {day}</translation>
    </message>
    <message>
        <source>Nothing this week.</source>
        <translation>Rien cette semaine.</translation>
    </message>
    <message>
        <source>See the course</source>
        <translation>Voir le cours</translation>
    </message>
    <message numerus="yes">
        <source>%n to do first</source>
        <translation>
            <numerusform>%n à faire d’abord</numerusform>
            <numerusform>%n à faire d’abord</numerusform>
        </translation>
    </message>
    <message>
        <source>Week of {day}</source>
        <translation>Semaine du {day}</translation>
    </message>
    <message>
        <source>After “{title}”</source>
        <translation>Après «&#xa0;{title}&#xa0;»</translation>
    </message>
    <message>
        <source>The course begins {day}.</source>
        <translation>Le cours commence {day}.</translation>
    </message>
    <message>
        <source>The course ends {day}.</source>
        <translation>Le cours se termine {day}.</translation>
    </message>
    <message>
        <source>“{title}” opens {day}.</source>
        <translation>«&#xa0;{title}&#xa0;» s’ouvre {day}.</translation>
    </message>
    <message>
        <source>“{title}” is due {day}.</source>
        <translation>«&#xa0;{title}&#xa0;» est à finir pour {day}.</translation>
    </message>
    <message>
        <source>“{title}”: be connected once until {day}.</source>
        <translation>«&#xa0;{title}&#xa0;»&#xa0;: une connexion est nécessaire d’ici {day}.</translation>
    </message>
    <message>
        <source>The course begins</source>
        <translation>Début du cours</translation>
    </message>
    <message>
        <source>The course ends</source>
        <translation>Fin du cours</translation>
    </message>
    <message>
        <source>Opens</source>
        <translation>Ouverture</translation>
    </message>
    <message>
        <source>Due</source>
        <translation>À finir</translation>
    </message>
    <message>
        <source>Be connected once by then</source>
        <translation>Se connecter une fois d’ici là</translation>
    </message>
    <message>
        <source>Meeting</source>
        <translation>Rencontre</translation>
    </message>
    <message>
        <source>Go on with something else</source>
        <translation>Continuer avec autre chose</translation>
    </message>
    <message>
        <source>Download it already</source>
        <translation>Télécharger dès maintenant</translation>
    </message>
    <message>
        <source>You may download it already.</source>
        <translation>Vous pouvez déjà télécharger cette partie.</translation>
    </message>
    <message>
        <source>This is to be done first:</source>
        <translation>À faire d’abord&#xa0;:</translation>
    </message>
    <message>
        <source>It is on this computer already, and will open without a connection.</source>
        <translation>Cette partie est déjà sur cet ordinateur et s’ouvrira sans connexion.</translation>
    </message>
</context>
<context>
    <name>Course</name>
    <message>
        <source>Back</source>
        <translation>Retour</translation>
    </message>
    <message>
        <source>You put it on hold: see the downloads.</source>
        <translation>Vous l’avez mise en attente&#xa0;: voyez les téléchargements.</translation>
    </message>
    <message>
        <source>Nothing of it is coming at the moment: see the downloads.</source>
        <translation>Rien n’en arrive pour le moment&#xa0;: voyez les téléchargements.</translation>
    </message>
    <message>
        <source>Close this notice</source>
        <translation>Fermer cette annonce</translation>
    </message>
    <message>
        <source>Continue</source>
        <translation>Continuer</translation>
    </message>
    <message>
        <source>It takes {size}: what is here already is not fetched again.</source>
        <translation>Elle demande {size}&#xa0;: ce qui est déjà ici n’est pas téléchargé de nouveau.</translation>
    </message>
    <message>
        <source>Get it ({size})</source>
        <translation>L’obtenir ({size})</translation>
    </message>
    <message>
        <source>It takes at most {size}: how much of that is here already could not be looked up.</source>
        <translation>Elle demande au plus {size}&#xa0;: impossible de savoir ce qui en est déjà ici.</translation>
    </message>
    <message>
        <source>It costs nothing.</source>
        <translation>Elle ne coûte rien.</translation>
    </message>
    <message>
        <source>What it costs is not known now.</source>
        <translation>Ce qu’elle coûte n’est pas connu pour le moment.</translation>
    </message>
    <message>
        <source>Get it</source>
        <translation>L’obtenir</translation>
    </message>
    <message>
        <source>Videos as</source>
        <translation>Qualité des vidéos</translation>
    </message>
    <message>
        <source>Weeks and activities</source>
        <translation>Semaines et activités</translation>
    </message>
    <message>
        <source>Version {number} is offered. You have {ours}; what you did stays.</source>
        <translation>La version {number} est proposée. Vous avez la {ours}&#x202f;; ce que vous avez fait reste.</translation>
    </message>
    <message>
        <source>{done} of {all} done</source>
        <translation>Fait&#xa0;: {done} sur {all}</translation>
    </message>
    <message>
        <source>text only, no video</source>
        <translation>texte seul, sans vidéo</translation>
    </message>
    <message>
        <source>This week takes: {prices}</source>
        <translation>Pour cette semaine&#xa0;: {prices}</translation>
    </message>
    <message>
        <source>sound only</source>
        <translation>son seul</translation>
    </message>
    <message>
        <source>Everything · {size}</source>
        <translation>Tout · {size}</translation>
    </message>
    <message numerus="yes">
        <source>%n activities are not translated yet.</source>
        <translation>
            <numerusform>%n activité n’est pas encore traduite.</numerusform>
            <numerusform>%n activités ne sont pas encore traduites.</numerusform>
        </translation>
    </message>
    <message>
        <source>Read it in this language</source>
        <translation>Le lire dans cette langue</translation>
    </message>
    <message>
        <source>What it takes comes with the next connection. What you did stays, and so does what is here: you can change back at any time.</source>
        <translation>Ce qu’il faut pour cela arrive à la prochaine connexion. Ce que vous avez fait reste, et ce qui est ici aussi&#xa0;: vous pourrez revenir en arrière à tout moment.</translation>
    </message>
    <message>
        <source>All of it is here. What you did stays.</source>
        <translation>Tout est déjà ici. Ce que vous avez fait reste.</translation>
    </message>
    <message>
        <source>About this course</source>
        <translation>À propos de ce cours</translation>
    </message>
    <message>
        <source>Language of this course</source>
        <translation>Langue de ce cours</translation>
    </message>
    <message>
        <source>Read it in this language · {size}</source>
        <translation>Le lire dans cette langue · {size}</translation>
    </message>
    <message>
        <source>Version {number} of {day}</source>
        <translation>Version {number} du {day}</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>Copier</translation>
    </message>
    <message>
        <source>This activity is in another language: {name}.</source>
        <translation>Cette activité est dans une autre langue&#xa0;: {name}.</translation>
    </message>
    <message>
        <source>Read the licence on the web</source>
        <translation>Lire la licence sur le web</translation>
    </message>
    <message>
        <source>Copied</source>
        <translation>Copié</translation>
    </message>
    <message>
        <source>Authors</source>
        <translation>Auteurs</translation>
    </message>
    <message>
        <source>How to cite it</source>
        <translation>Comment le citer</translation>
    </message>
    <message>
        <source>Changed from the original</source>
        <translation>Modifié par rapport à l’original</translation>
    </message>
    <message>
        <source>What it allows stands in its text.</source>
        <translation>Ce qu’elle permet est écrit dans son texte.</translation>
    </message>
    <message>
        <source>Licence: {name}</source>
        <translation>Licence&#xa0;: {name}</translation>
    </message>
    <message>
        <source>Read</source>
        <translation>Lire</translation>
    </message>
    <message>
        <source>Only this activity · {size}</source>
        <translation>Cette activité seule · {size}</translation>
    </message>
    <message>
        <source>Only this video · {size}</source>
        <translation>Cette vidéo seule · {size}</translation>
    </message>
    <message>
        <source>All of my path · {size}</source>
        <translation>Tout mon parcours · {size}</translation>
    </message>
    <message>
        <source>All of your path is here</source>
        <translation>Tout votre parcours est là</translation>
    </message>
    <message>
        <source>all languages</source>
        <translation>toutes les langues</translation>
    </message>
    <message>
        <source>This week · {size}</source>
        <translation>Cette semaine · {size}</translation>
    </message>
    <message>
        <source>Everything is here</source>
        <translation>Tout est là</translation>
    </message>
    <message>
        <source>Captions: {which}</source>
        <translation>Sous-titres&#xa0;: {which}</translation>
    </message>
    <message>
        <source>You have come to the end. What did you think? {title}</source>
        <translation>Vous êtes au bout. Qu’en avez-vous pensé&#x202f;? {title}</translation>
    </message>
    <message>
        <source>Before you begin, if you like: {title}</source>
        <translation>Avant de commencer, si vous voulez&#xa0;: {title}</translation>
    </message>
    <message>
        <source>This course has several paths. You see all of them.</source>
        <translation>Ce cours a plusieurs parcours. Vous les voyez tous.</translation>
    </message>
    <message>
        <source>Files</source>
        <translation>Fichiers</translation>
    </message>
    <message>
        <source>Compose your course: choose what you want to learn.</source>
        <translation>Composez votre cours&#xa0;: choisissez ce que vous voulez apprendre.</translation>
    </message>
    <message>
        <source>Answer</source>
        <translation>Répondre</translation>
    </message>
    <message>
        <source>Change…</source>
        <translation>Changer…</translation>
    </message>
    <message>
        <source>Choose…</source>
        <translation>Choisir…</translation>
    </message>
    <message>
        <source>Your path: {title}</source>
        <translation>Votre parcours&#xa0;: {title}</translation>
    </message>
    <message>
        <source>Handed in</source>
        <translation>Remis</translation>
    </message>
    <message>
        <source>The mark comes after your answers were sent.</source>
        <translation>La note viendra après l’envoi de vos réponses.</translation>
    </message>
    <message>
        <source>The best attempt counts.</source>
        <translation>La meilleure tentative compte.</translation>
    </message>
    <message>
        <source>Work to hand in</source>
        <translation>Travail à remettre</translation>
    </message>
    <message>
        <source>Questionnaire</source>
        <translation>Questionnaire</translation>
    </message>
    <message>
        <source>Not on your path</source>
        <translation>Hors de votre parcours</translation>
    </message>
    <message>
        <source>Summary, licence, authors, how to cite it, languages</source>
        <translation>Résumé, licence, auteurs, comment le citer, langues</translation>
    </message>
    <message>
        <source>Path</source>
        <translation>Parcours</translation>
    </message>
    <message>
        <source>The first attempt counts.</source>
        <translation>La première tentative compte.</translation>
    </message>
    <message>
        <source>The last attempt counts.</source>
        <translation>La dernière tentative compte.</translation>
    </message>
    <message>
        <source>The average of all attempts counts.</source>
        <translation>La moyenne de toutes les tentatives compte.</translation>
    </message>
    <message>
        <source>Version {number} is coming: {part} are here. You go on with version {ours} until it is whole.</source>
        <translation>La version {number} arrive&#xa0;: {part} déjà ici. Vous continuez avec la version {ours} jusqu’à ce qu’elle soit complète.</translation>
    </message>
    <message>
        <source>What does it change?</source>
        <translation>Qu’est-ce qui change&#x202f;?</translation>
    </message>
    <message>
        <source>Settings of updates</source>
        <translation>Réglages des mises à jour</translation>
    </message>
    <message>
        <source>Stay with version {number}</source>
        <translation>Rester à la version {number}</translation>
    </message>
    <message>
        <source>Version {number} is offered by now.</source>
        <translation>Entre-temps, la version {number} est proposée.</translation>
    </message>
    <message>
        <source>What it changes could not be looked up. {why}</source>
        <translation>Impossible de savoir ce qu’elle change. {why}</translation>
    </message>
    <message>
        <source>Version {number} is offered. Updates are off in the settings, so you go on with version {ours}.</source>
        <translation>La version {number} est proposée. Les mises à jour sont désactivées dans les réglages&#xa0;: vous continuez avec la version {ours}.</translation>
    </message>
    <message>
        <source>It waits for the connection since {time}.</source>
        <translation>Elle attend la connexion depuis {time}.</translation>
    </message>
    <message>
        <source>Not now</source>
        <translation>Pas maintenant</translation>
    </message>
    <message>
        <source>Looking up what it changes and costs…</source>
        <translation>Recherche de ce qu’elle change et coûte…</translation>
    </message>
    <message>
        <source>Look again</source>
        <translation>Chercher de nouveau</translation>
    </message>
    <message>
        <source>You put off version {number} and go on with version {ours}.</source>
        <translation>Vous avez remis la version {number} à plus tard et continuez avec la version {ours}.</translation>
    </message>
    <message>
        <source>This is version {number} now. What you did was kept.</source>
        <translation>C’est maintenant la version {number}. Ce que vous avez fait est conservé.</translation>
    </message>
    <message>
        <source>text</source>
        <translation>texte</translation>
    </message>
    <message>
        <source>Here</source>
        <translation>Ici</translation>
    </message>
    <message>
        <source>{size} still to come</source>
        <translation>Encore {size} à recevoir</translation>
    </message>
    <message>
        <source>Get it (at most {size})</source>
        <translation>L’obtenir (au plus {size})</translation>
    </message>
    <message>
        <source>New: {titles}</source>
        <translation>Nouveau&#xa0;: {titles}</translation>
    </message>
    <message>
        <source>Changed: {titles}</source>
        <translation>Modifié&#xa0;: {titles}</translation>
    </message>
    <message>
        <source>Videos saved anew: {titles}</source>
        <translation>Vidéos réenregistrées&#xa0;: {titles}</translation>
    </message>
    <message>
        <source>In another place: {titles}</source>
        <translation>Déplacé&#xa0;: {titles}</translation>
    </message>
    <message>
        <source>Gone: {titles}</source>
        <translation>Retiré&#xa0;: {titles}</translation>
    </message>
    <message>
        <source>Nothing changes that you would see.</source>
        <translation>Rien ne change de ce que vous voyez.</translation>
    </message>
    <message numerus="yes">
        <source>{titles} and %n more</source>
        <translation>
            <numerusform>{titles} et %n autre</numerusform>
            <numerusform>{titles} et %n autres</numerusform>
        </translation>
    </message>
    <message>
        <source>It takes at most {size}, all of the course.</source>
        <translation>Elle demande au plus {size}, le cours entier.</translation>
    </message>
    <message>
        <source>Other languages: {names}</source>
        <translation>Autres langues&#xa0;: {names}</translation>
    </message>
    <message>
        <source>Not here yet</source>
        <translation>À télécharger</translation>
    </message>
    <message>
        <source>waiting since {time}</source>
        <translation>en attente depuis {time}</translation>
    </message>
    <message>
        <source>something is missing</source>
        <translation>il manque quelque chose</translation>
    </message>
    <message>
        <source>licence {name}</source>
        <translation>licence {name}</translation>
    </message>
    <message>
        <source>{time} of video</source>
        <translation>{time} de vidéo</translation>
    </message>
    <message>
        <source>Video</source>
        <translation>Vidéo</translation>
    </message>
    <message>
        <source>Page</source>
        <translation>Page</translation>
    </message>
    <message>
        <source>Document</source>
        <translation>Document</translation>
    </message>
    <message>
        <source>Links</source>
        <translation>Liens</translation>
    </message>
    <message>
        <source>Quiz</source>
        <translation>Quiz</translation>
    </message>
    <message>
        <source>Exam</source>
        <translation>Examen</translation>
    </message>
    <message>
        <source>Activity</source>
        <translation>Activité</translation>
    </message>
    <message>
        <source>{done} of {all}</source>
        <translation>{done} sur {all}</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>Fait</translation>
    </message>
</context>
<context>
    <name>Credential</name>
    <message>
        <source>Genuine: signed by {issuer}, and nothing in it was changed.</source>
        <translation>Authentique&#xa0;: signée par {issuer}, et rien n’y a été changé.</translation>
    </message>
    <message>
        <source>Unknown issuer: nothing in it was changed since it was signed, but whoever signed it is not known on this computer. It calls itself “{issuer}”, which anybody could do.</source>
        <translation>Émetteur inconnu&#xa0;: rien n’y a été changé depuis la signature, mais cet ordinateur ne connaît pas celui qui l’a signée. Il dit s’appeler «&#xa0;{issuer}&#xa0;», ce que n’importe qui pourrait faire.</translation>
    </message>
    <message>
        <source>Not genuine: its signature does not fit. It was changed, or forged.</source>
        <translation>Fausse&#xa0;: la signature ne correspond pas. Elle a été modifiée ou contrefaite.</translation>
    </message>
    <message>
        <source>Expired: signed by {issuer} and unchanged, but it held until {until}. The clock of this computer says {now}.</source>
        <translation>Expirée&#xa0;: signée par {issuer} et inchangée, mais elle valait jusqu’au {until}. L’horloge de cet ordinateur indique {now}.</translation>
    </message>
    <message>
        <source>Not valid yet: signed by {issuer} and unchanged, but it holds from {since}. The clock of this computer says {now}: if that is wrong, it is genuine.</source>
        <translation>Pas encore valable&#xa0;: signée par {issuer} et inchangée, mais elle vaut à partir du {since}. L’horloge de cet ordinateur indique {now}&#xa0;: si elle se trompe, l’attestation est authentique.</translation>
    </message>
    <message>
        <source>Not confirmed: a learner&apos;s computer says so by itself, and no platform has confirmed it. It proves nothing yet.</source>
        <translation>Non confirmée&#xa0;: l’ordinateur d’un apprenant le dit de lui-même, et aucune plateforme ne l’a confirmé. Elle ne prouve encore rien.</translation>
    </message>
    <message>
        <source>Cannot be checked here: the key of its issuer is neither in it nor on this computer.</source>
        <translation>Impossible à vérifier ici&#xa0;: la clé de son émetteur n’est ni dedans ni sur cet ordinateur.</translation>
    </message>
    <message>
        <source>Refused: it is signed in a way that is not believed here, or not known ({algorithm}).</source>
        <translation>Refusée&#xa0;: elle est signée d’une façon à laquelle on ne se fie pas ici, ou inconnue ({algorithm}).</translation>
    </message>
    <message>
        <source>This is no credential.</source>
        <translation>Ceci n’est pas une attestation.</translation>
    </message>
    <message>
        <source>a proof of another kind</source>
        <translation>une preuve d’un autre genre</translation>
    </message>
    <message>
        <source>Check an attestation…</source>
        <translation>Vérifier une attestation…</translation>
    </message>
    <message>
        <source>Anybody&apos;s: drop a file here (PDF, JWT or JSON), choose one, or paste what its code says. No network is needed.</source>
        <translation>Celle de n’importe qui&#xa0;: déposez ici un fichier (PDF, JWT ou JSON), choisissez-en un, ou collez ce que dit son code. Aucun réseau n’est nécessaire.</translation>
    </message>
    <message>
        <source>The attestation to check</source>
        <translation>L’attestation à vérifier</translation>
    </message>
    <message>
        <source>nobody, only an account</source>
        <translation>personne, seulement un compte</translation>
    </message>
    <message>
        <source>It is of {name}, who learns on this computer.</source>
        <translation>Elle est à {name}, qui apprend sur cet ordinateur.</translation>
    </message>
    <message>
        <source>What the code says</source>
        <translation>Ce que dit le code</translation>
    </message>
    <message>
        <source>Choose a file…</source>
        <translation>Choisir un fichier…</translation>
    </message>
    <message>
        <source>Check an attestation</source>
        <translation>Vérifier une attestation</translation>
    </message>
    <message>
        <source>It names: {name}</source>
        <translation>Elle nomme&#xa0;: {name}</translation>
    </message>
    <message>
        <source>Course: {course}</source>
        <translation>Cours&#xa0;: {course}</translation>
    </message>
    <message>
        <source>From: {day}</source>
        <translation>Du&#xa0;: {day}</translation>
    </message>
</context>
<context>
    <name>Damage</name>
    <message>
        <source>A part of this is damaged. It can be fetched again: {size}.</source>
        <translation>Une partie est abîmée. On peut la télécharger de nouveau&#xa0;: {size}.</translation>
    </message>
    <message>
        <source>Fetch it again</source>
        <translation>La télécharger de nouveau</translation>
    </message>
    <message>
        <source>The damaged part is being fetched; without a connection, as soon as there is one. You can go on.</source>
        <translation>La partie abîmée se télécharge&#x202f;; sans connexion, dès qu’il y en aura une. Vous pouvez continuer.</translation>
    </message>
    <message>
        <source>A part of this video is damaged. You can go on; the part can be fetched again: {size}.</source>
        <translation>Une partie de cette vidéo est abîmée. Vous pouvez continuer&#x202f;; on peut la télécharger de nouveau&#xa0;: {size}.</translation>
    </message>
    <message>
        <source>The damaged part is here: all of it works again.</source>
        <translation>La partie abîmée est remplacée&#xa0;: tout fonctionne de nouveau.</translation>
    </message>
    <message>
        <source>This cannot be shown: its file is damaged on this computer.</source>
        <translation>Ceci ne peut pas s’afficher&#xa0;: son fichier est abîmé sur cet ordinateur.</translation>
    </message>
</context>
<context>
    <name>DocumentView</name>
    <message>
        <source>Go to page (Ctrl+G)</source>
        <translation>Aller à la page (Ctrl+G)</translation>
    </message>
    <message>
        <source>“{title}” cannot be shown: the file is not a PDF that can be read here. The rest of the course works.</source>
        <translation>«&#xa0;{title}&#xa0;» ne peut pas être affiché&#xa0;: le fichier n’est pas un PDF lisible ici. Le reste du cours fonctionne.</translation>
    </message>
    <message>
        <source>Opening…</source>
        <translation>Ouverture…</translation>
    </message>
    <message>
        <source>“{title}” cannot be shown: it takes too long or too much memory, and was stopped. What you did is kept, and the rest of the course works. Go on without it, or try again.</source>
        <translation>«&#xa0;{title}&#xa0;» ne peut pas être affiché&#xa0;: il prend trop de temps ou de mémoire et a été arrêté. Ce que vous avez fait est gardé, et le reste du cours fonctionne. Continuez sans lui, ou réessayez.</translation>
    </message>
    <message>
        <source>Outline</source>
        <translation>Sommaire</translation>
    </message>
    <message>
        <source>Previous page</source>
        <translation>Page précédente</translation>
    </message>
    <message>
        <source>Next page</source>
        <translation>Page suivante</translation>
    </message>
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
        <source>Copy the text of this page (Ctrl+C)</source>
        <translation>Copier le texte de cette page (Ctrl+C)</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Réessayer</translation>
    </message>
    <message>
        <source>This page cannot be shown.</source>
        <translation>Cette page ne peut pas être affichée.</translation>
    </message>
    <message>
        <source>Page {page} of {count}</source>
        <translation>Page {page} sur {count}</translation>
    </message>
</context>
<context>
    <name>Downloads</name>
    <message>
        <source>Downloads</source>
        <translation>Téléchargements</translation>
    </message>
    <message>
        <source>Download now</source>
        <translation>Télécharger maintenant</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>Pause</translation>
    </message>
    <message>
        <source>Nothing was asked for. Open a course and choose what to bring here.</source>
        <translation>Rien à télécharger pour l’instant. Ouvrez un cours et choisissez ce que vous voulez emporter.</translation>
    </message>
    <message>
        <source>Everything you asked for is here: {here}.</source>
        <translation>Tout ce que vous avez demandé est là&#xa0;: {here}.</translation>
    </message>
    <message>
        <source>{here} are safe here, {left} still to come.</source>
        <translation>{here} en sûreté ici, encore {left} à recevoir.</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>Ouvrir</translation>
    </message>
    <message>
        <source>No longer wanted; what came stays</source>
        <translation>Ne plus télécharger&#x202f;; ce qui est arrivé reste</translation>
    </message>
    <message>
        <source>{speed} a second over the last minutes: about {time} to go.</source>
        <translation>{speed} par seconde ces dernières minutes&#xa0;: encore {time} environ.</translation>
    </message>
    <message>
        <source>{total}, of it {content} courses, {answers} answers, {overhead} descriptions and overhead</source>
        <translation>{total}, dont {content} de cours, {answers} de réponses, {overhead} de descriptions et de frais de transport</translation>
    </message>
    <message>
        <source>The month before</source>
        <translation>Le mois précédent</translation>
    </message>
    <message>
        <source>The month after</source>
        <translation>Le mois suivant</translation>
    </message>
    <message>
        <source>left this month: {size}</source>
        <translation>reste ce mois-ci&#xa0;: {size}</translation>
    </message>
    <message>
        <source>Data budget</source>
        <translation>Budget de données</translation>
    </message>
    <message>
        <source>Used by day</source>
        <translation>Consommé par jour</translation>
    </message>
    <message>
        <source>Used in {month}</source>
        <translation>Consommé en {month}</translation>
    </message>
    <message>
        <source>left today: {size}</source>
        <translation>reste aujourd’hui&#xa0;: {size}</translation>
    </message>
    <message>
        <source>Earlier in the queue</source>
        <translation>Plus tôt dans la file</translation>
    </message>
    <message>
        <source>Later in the queue</source>
        <translation>Plus tard dans la file</translation>
    </message>
    <message>
        <source>Go on</source>
        <translation>Reprendre</translation>
    </message>
    <message>
        <source>Wait</source>
        <translation>Faire attendre</translation>
    </message>
    <message>
        <source>Here, whole and checked · {total}</source>
        <translation>Complet et vérifié · {total}</translation>
    </message>
    <message>
        <source>Waiting for the connection since {time}; {here} of {total} are safe here</source>
        <translation>En attente de connexion depuis {time}&#x202f;; {here} sur {total} sont ici, en sûreté</translation>
    </message>
    <message>
        <source>On hold; {here} of {total} are safe here</source>
        <translation>En attente, à votre demande&#x202f;; {here} sur {total} sont ici, en sûreté</translation>
    </message>
    <message>
        <source>{here} of {total} are here</source>
        <translation>{here} sur {total}</translation>
    </message>
</context>
<context>
    <name>Exam</name>
    <message>
        <source>At the end everything is handed in by itself.</source>
        <translation>À la fin, tout est remis automatiquement.</translation>
    </message>
    <message>
        <source>{time} left</source>
        <translation>Encore {time}</translation>
    </message>
    <message>
        <source>You have {time} from the moment you begin.</source>
        <translation>Vous avez {time} à partir du moment où vous commencez.</translation>
    </message>
    <message>
        <source>The clock runs on when you close the program, and when the computer sleeps or is switched off. When the time is up, everything that you have typed is handed in by itself.</source>
        <translation>Le temps continue de courir quand vous fermez le programme, et quand l’ordinateur est en veille ou éteint. Quand le temps est écoulé, tout ce que vous avez saisi est remis automatiquement.</translation>
    </message>
    <message>
        <source>Cartable writes down when the exam was open and whether the computer&apos;s clock was moved. That goes along with your answers, and you see it at the end.</source>
        <translation>Cartable retient quand l’examen a été ouvert et si l’horloge de l’ordinateur a été déplacée. Cela accompagne vos réponses, et vous le voyez à la fin.</translation>
    </message>
    <message>
        <source>That is a record and no proof: it cannot know who sits at the computer, nor what was done while it was off.</source>
        <translation>C’est une trace, pas une preuve&#xa0;: elle ne peut savoir ni qui est assis devant l’ordinateur, ni ce qui s’est fait pendant qu’il était éteint.</translation>
    </message>
    <message>
        <source>The time was up. Everything that you had typed until then was handed in.</source>
        <translation>Le temps était écoulé. Tout ce que vous aviez saisi jusque-là a été remis.</translation>
    </message>
    <message>
        <source>This computer&apos;s clock shows {date}. That is wrong: set it.</source>
        <translation>L’horloge de cet ordinateur indique le {date}. C’est faux&#xa0;: réglez-la.</translation>
    </message>
    <message>
        <source>Answer by {date}.</source>
        <translation>Répondez avant le {date}.</translation>
    </message>
    <message>
        <source>The time to answer ended on {date}. You may still answer, late.</source>
        <translation>Le délai pour répondre a pris fin le {date}. Vous pouvez encore répondre, en retard.</translation>
    </message>
    <message>
        <source>Have your answers sent by {date}: by network, or on a stick.</source>
        <translation>Faites parvenir vos réponses avant le {date}&#xa0;: par le réseau, ou sur une clé USB.</translation>
    </message>
    <message>
        <source>Answers were to be sent by {date}. Send them as soon as you can.</source>
        <translation>Les réponses devaient être envoyées avant le {date}. Envoyez-les dès que possible.</translation>
    </message>
    <message>
        <source>A supervisor opens this exam with a code.</source>
        <translation>Un surveillant ouvre cet examen avec un code.</translation>
    </message>
    <message>
        <source>{at}: nothing was recorded for {time}: the exam was closed, or the computer slept.</source>
        <translation>{at}&#xa0;: rien n’a été noté pendant {time}&#xa0;: l’examen était fermé, ou l’ordinateur en veille.</translation>
    </message>
    <message>
        <source>{at}: the computer was restarted, after {time} without a record.</source>
        <translation>{at}&#xa0;: l’ordinateur a été redémarré, après {time} sans trace.</translation>
    </message>
    <message>
        <source>{at}: an answer came {time} after the time was up.</source>
        <translation>{at}&#xa0;: une réponse est arrivée {time} après la fin du temps.</translation>
    </message>
    <message>
        <source>It was worked on at more than one computer.</source>
        <translation>Il a été fait sur plus d’un ordinateur.</translation>
    </message>
    <message>
        <source>The record was changed afterwards.</source>
        <translation>Les traces ont été modifiées après coup.</translation>
    </message>
    <message>
        <source>{at}: the computer&apos;s clock was set {time} forward.</source>
        <translation>{at}&#xa0;: l’horloge de l’ordinateur a été avancée de {time}.</translation>
    </message>
    <message>
        <source>{at}: the computer&apos;s clock was set {time} back.</source>
        <translation>{at}&#xa0;: l’horloge de l’ordinateur a été reculée de {time}.</translation>
    </message>
    <message>
        <source>The supervisor&apos;s code</source>
        <translation>Le code du surveillant</translation>
    </message>
    <message>
        <source>This is not the code. Ask whoever watches over the exam.</source>
        <translation>Ce n’est pas le code. Demandez à la personne qui surveille l’examen.</translation>
    </message>
    <message>
        <source>What you answer is saved on this computer at once.</source>
        <translation>Ce que vous répondez est enregistré aussitôt sur cet ordinateur.</translation>
    </message>
</context>
<context>
    <name>Fault</name>
    <message>
        <source>Cartable cannot start</source>
        <translation>Cartable ne peut pas démarrer</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Fermer</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Réessayer</translation>
    </message>
</context>
<context>
    <name>Find</name>
    <message>
        <source>Find in this text</source>
        <translation>Chercher dans ce texte</translation>
    </message>
    <message>
        <source>The one before</source>
        <translation>Le précédent</translation>
    </message>
    <message>
        <source>The next one</source>
        <translation>Le suivant</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Fermer</translation>
    </message>
    <message>
        <source>not found</source>
        <translation>introuvable</translation>
    </message>
    <message>
        <source>{n} of {count}</source>
        <translation>{n} sur {count}</translation>
    </message>
    <message>
        <source>Find in this text (Ctrl+F)</source>
        <translation>Chercher dans ce texte (Ctrl+F)</translation>
    </message>
</context>
<context>
    <name>FirstStart</name>
    <message>
        <source>Start learning</source>
        <translation>Commencer à apprendre</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>Langue</translation>
    </message>
    <message>
        <source>Welcome to Cartable</source>
        <translation>Bienvenue dans Cartable</translation>
    </message>
    <message>
        <source>Your courses in your bag: fetched once, followed without a network. What you do is kept on this computer and sent when there is a connection.</source>
        <translation>Vos cours dans votre cartable&#xa0;: téléchargés une seule fois, suivis sans réseau. Votre travail est gardé sur cet ordinateur et envoyé dès qu’il y a une connexion.</translation>
    </message>
    <message>
        <source>This needs your platform’s file: choose it above first.</source>
        <translation>Il faut d’abord le fichier de votre plateforme&#xa0;: choisissez-le plus haut.</translation>
    </message>
    <message>
        <source>Your code, from “My work” on the other computer</source>
        <translation>Votre code, dans «&#xa0;Mon travail&#xa0;» sur l’autre ordinateur</translation>
    </message>
    <message>
        <source>What you did comes from the platform, over the network.</source>
        <translation>Votre travail revient de la plateforme, par le réseau.</translation>
    </message>
    <message>
        <source>Or a file that it wrote…</source>
        <translation>Ou un fichier qu’il a écrit…</translation>
    </message>
    <message>
        <source>What is your name?</source>
        <translation>Comment vous appelez-vous&#x202f;?</translation>
    </message>
    <message>
        <source>I already worked on another computer</source>
        <translation>J’ai déjà travaillé sur un autre ordinateur</translation>
    </message>
    <message>
        <source>Where do your courses come from?</source>
        <translation>D’où viennent vos cours&#x202f;?</translation>
    </message>
    <message>
        <source>Address, if you were given one: https://…</source>
        <translation>L’adresse, si on vous en a donné une&#xa0;: https://…</translation>
    </message>
    <message>
        <source>A file from my platform…</source>
        <translation>Un fichier de ma plateforme…</translation>
    </message>
    <message>
        <source>A folder or stick…</source>
        <translation>Un dossier ou une clé USB…</translation>
    </message>
    <message>
        <source>You can leave this for later: it is in the settings too.</source>
        <translation>Vous pouvez le faire plus tard&#xa0;: c’est aussi dans les réglages.</translation>
    </message>
    <message>
        <source>Your platform: {name}</source>
        <translation>Votre plateforme&#xa0;: {name}</translation>
    </message>
</context>
<context>
    <name>HandIn</name>
    <message>
        <source>Marked by {name}.</source>
        <translation>Noté par {name}.</translation>
    </message>
    <message>
        <source>Marked.</source>
        <translation>Noté.</translation>
    </message>
    <message>
        <source>Hand in another one</source>
        <translation>Remettre un autre travail</translation>
    </message>
    <message numerus="yes">
        <source>Files: {n} of %n piece(s) sent.</source>
        <translation>
            <numerusform>Fichiers&#xa0;: {n} sur %n morceau envoyé.</numerusform>
            <numerusform>Fichiers&#xa0;: {n} sur %n morceaux envoyés.</numerusform>
        </translation>
    </message>
    <message>
        <source>Handed in on {time}</source>
        <translation>Remis le {time}</translation>
    </message>
    <message>
        <source>Files: received by the platform.</source>
        <translation>Fichiers&#xa0;: reçus par la plateforme.</translation>
    </message>
    <message>
        <source>What you wrote: {state}.</source>
        <translation>Ce que vous avez écrit&#xa0;: {state}.</translation>
    </message>
    <message>
        <source>The rest is packed, to be carried.</source>
        <translation>Le reste est préparé, à emporter.</translation>
    </message>
    <message>
        <source>After that it cannot be changed.</source>
        <translation>Après cela, rien ne peut plus être modifié.</translation>
    </message>
    <message>
        <source>Hand in</source>
        <translation>Remettre</translation>
    </message>
    <message>
        <source>It must have reached the platform by {time}.</source>
        <translation>La plateforme doit l’avoir reçu avant le {time}.</translation>
    </message>
    <message numerus="yes">
        <source>%n word(s), and at least {n} are asked for: {question}</source>
        <translation>
            <numerusform>%n mot, et il en faut au moins {n}&#xa0;: {question}</numerusform>
            <numerusform>%n mots, et il en faut au moins {n}&#xa0;: {question}</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n word(s), and at most {n} are asked for: {question}</source>
        <translation>
            <numerusform>%n mot, et il en faut au plus {n}&#xa0;: {question}</numerusform>
            <numerusform>%n mots, et il en faut au plus {n}&#xa0;: {question}</numerusform>
        </translation>
    </message>
    <message>
        <source>Hand in…</source>
        <translation>Remettre…</translation>
    </message>
    <message>
        <source>Saving…</source>
        <translation>Enregistrement…</translation>
    </message>
    <message>
        <source>Saved on this computer as you write. Nothing is handed in yet.</source>
        <translation>Enregistré sur cet ordinateur à mesure que vous écrivez. Rien n’est encore remis.</translation>
    </message>
    <message>
        <source>It cannot be changed then; you may hand in another one.</source>
        <translation>Il ne pourra plus être modifié&#x202f;; vous pourrez en remettre un autre.</translation>
    </message>
    <message>
        <source>Go on writing</source>
        <translation>Continuer à écrire</translation>
    </message>
    <message>
        <source>Not answered: {question}</source>
        <translation>Sans réponse&#xa0;: {question}</translation>
    </message>
    <message>
        <source>Hand in?</source>
        <translation>Remettre&#x202f;?</translation>
    </message>
    <message>
        <source>To be handed in by {time}.</source>
        <translation>À remettre avant le {time}.</translation>
    </message>
</context>
<context>
    <name>Keys</name>
    <message>
        <source>choose in the list, and open</source>
        <translation>choisir dans la liste, et ouvrir</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Fermer</translation>
    </message>
    <message>
        <source>Read the page aloud, and pause</source>
        <translation>Lire la page à voix haute, et pause</translation>
    </message>
    <message>
        <source>Larger and smaller letters</source>
        <translation>Lettres plus grandes, plus petites</translation>
    </message>
    <message>
        <source>Read aloud what was not heard yet, and pause</source>
        <translation>Lire à voix haute ce qui n’a pas encore été entendu, et pause</translation>
    </message>
    <message>
        <source>Stop reading aloud</source>
        <translation>Arrêter la lecture à voix haute</translation>
    </message>
    <message>
        <source>Go to a page</source>
        <translation>Aller à une page</translation>
    </message>
    <message>
        <source>Copy the text of the page</source>
        <translation>Copier le texte de la page</translation>
    </message>
    <message>
        <source>Larger and smaller</source>
        <translation>Plus grand, plus petit</translation>
    </message>
    <message>
        <source>As wide as the window</source>
        <translation>Aussi large que la fenêtre</translation>
    </message>
    <message>
        <source>Find words in it</source>
        <translation>Y chercher des mots</translation>
    </message>
    <message>
        <source>The next place, the one before</source>
        <translation>L’endroit suivant, le précédent</translation>
    </message>
    <message>
        <source>Set a bookmark, or take it away</source>
        <translation>Poser un marque-page, ou l’enlever</translation>
    </message>
    <message>
        <source>find a course</source>
        <translation>trouver un cours</translation>
    </message>
    <message>
        <source>look for courses</source>
        <translation>actualiser les cours</translation>
    </message>
    <message>
        <source>back to the library</source>
        <translation>retour à la bibliothèque</translation>
    </message>
    <message>
        <source>unfold and fold a week</source>
        <translation>déplier et replier une semaine</translation>
    </message>
    <message>
        <source>another word, then back to where you were</source>
        <translation>un autre mot, puis retour là où vous étiez</translation>
    </message>
    <message>
        <source>sooner or later in the queue</source>
        <translation>plus tôt ou plus tard dans la file</translation>
    </message>
    <message>
        <source>back</source>
        <translation>retour</translation>
    </message>
    <message>
        <source>the activity after this one</source>
        <translation>l’activité suivante</translation>
    </message>
    <message>
        <source>the activity before this one</source>
        <translation>l’activité précédente</translation>
    </message>
    <message>
        <source>back to the course</source>
        <translation>retour au cours</translation>
    </message>
    <message>
        <source>find something, on any page</source>
        <translation>chercher quelque chose, depuis toutes les pages</translation>
    </message>
    <message>
        <source>the next step, from anywhere</source>
        <translation>la prochaine étape, où que vous soyez</translation>
    </message>
    <message>
        <source>the page of the course</source>
        <translation>la page du cours</translation>
    </message>
    <message>
        <source>its attestation</source>
        <translation>son attestation</translation>
    </message>
    <message>
        <source>close a message</source>
        <translation>fermer un message</translation>
    </message>
    <message>
        <source>full screen</source>
        <translation>plein écran</translation>
    </message>
    <message>
        <source>this sheet</source>
        <translation>cette feuille</translation>
    </message>
    <message>
        <source>Everywhere</source>
        <translation>Partout</translation>
    </message>
    <message>
        <source>On this page</source>
        <translation>Sur cette page</translation>
    </message>
    <message>
        <source>In this activity</source>
        <translation>Dans cette activité</translation>
    </message>
</context>
<context>
    <name>Lesson</name>
    <message>
        <source>Back to the course</source>
        <translation>Retour au cours</translation>
    </message>
    <message>
        <source>Activities of this sequence</source>
        <translation>Activités de cette séquence</translation>
    </message>
    <message>
        <source>Previous activity</source>
        <translation>Activité précédente</translation>
    </message>
    <message>
        <source>Done for now</source>
        <translation>C’est tout pour l’instant</translation>
    </message>
    <message>
        <source>Next</source>
        <translation>Suivant</translation>
    </message>
    <message>
        <source>Download this week</source>
        <translation>Télécharger la semaine</translation>
    </message>
    <message>
        <source>done</source>
        <translation>fait</translation>
    </message>
    <message>
        <source>Finish</source>
        <translation>Terminer</translation>
    </message>
    <message>
        <source>Who made this, and what you may do with it</source>
        <translation>Qui a fait ce cours, et ce que vous pouvez en faire</translation>
    </message>
    <message>
        <source>Opened in your web browser, if there is a connection.</source>
        <translation>La page s’ouvre dans votre navigateur, s’il y a une connexion.</translation>
    </message>
</context>
<context>
    <name>Library</name>
    <message>
        <source>On offer</source>
        <translation>Proposé</translation>
    </message>
    <message>
        <source>Not begun</source>
        <translation>Pas commencé</translation>
    </message>
    <message>
        <source>A new version is offered</source>
        <translation>Nouvelle version proposée</translation>
    </message>
    <message>
        <source>Not signed</source>
        <translation>Non signé</translation>
    </message>
    <message>
        <source>text {size}</source>
        <translation>texte {size}</translation>
    </message>
    <message>
        <source>audio</source>
        <translation>audio</translation>
    </message>
    <message>
        <source>New version</source>
        <translation>Nouvelle version</translation>
    </message>
    <message>
        <source>Version {number} is coming</source>
        <translation>La version {number} arrive</translation>
    </message>
    <message>
        <source>{languages} +{n}</source>
        <translation>{languages} +{n}</translation>
    </message>
    <message>
        <source>Look for courses</source>
        <translation>Actualiser les cours</translation>
    </message>
    <message>
        <source>Find a course</source>
        <translation>Rechercher un cours</translation>
    </message>
    <message>
        <source>Courses</source>
        <translation>Cours</translation>
    </message>
    <message>
        <source>Hello, {name}</source>
        <translation>Bonjour {name}</translation>
    </message>
    <message>
        <source>Something is missing · {part} here</source>
        <translation>Il manque quelque chose · {part} ici</translation>
    </message>
    <message>
        <source>Waiting since {time} · {part} here</source>
        <translation>En attente depuis {time} · {part} ici</translation>
    </message>
    <message>
        <source>Waiting · {part} here</source>
        <translation>En attente · {part} ici</translation>
    </message>
    <message>
        <source>Downloading · {share} of {total}</source>
        <translation>En téléchargement · {share} de {total}</translation>
    </message>
    <message>
        <source>Here · {size}</source>
        <translation>Ici · {size}</translation>
    </message>
    <message>
        <source>No course has these words.</source>
        <translation>Aucun cours ne contient ces mots.</translation>
    </message>
    <message>
        <source>No courses yet. Connect, or put in a stick, then look for courses.</source>
        <translation>Aucun cours pour l’instant. Connectez-vous à Internet ou branchez une clé USB, puis actualisez.</translation>
    </message>
    <message>
        <source>Begin</source>
        <translation>Commencer</translation>
    </message>
</context>
<context>
    <name>Licence</name>
    <message>
        <source>{title}, course, version {number}, {day}.</source>
        <translation>{title}, cours, version {number}, {day}.</translation>
    </message>
    <message>
        <source>All rights reserved</source>
        <translation>Tous droits réservés</translation>
    </message>
    <message>
        <source>You may copy it and pass it on.</source>
        <translation>Vous pouvez le copier et le partager.</translation>
    </message>
    <message>
        <source>{title}: not where money is earned with it.</source>
        <translation>{title}&#xa0;: pas pour gagner de l’argent.</translation>
    </message>
    <message>
        <source>{title}: all rights reserved; ask its authors first.</source>
        <translation>{title}&#xa0;: tous droits réservés&#x202f;; demandez d’abord à ses auteurs.</translation>
    </message>
    <message>
        <source>You may not pass it on without asking its authors.</source>
        <translation>Vous ne pouvez pas le partager sans l’accord de ses auteurs.</translation>
    </message>
    <message>
        <source>You may not change it without asking them.</source>
        <translation>Vous ne pouvez pas le modifier sans leur accord.</translation>
    </message>
    <message>
        <source>You may translate it, change it, take parts of it.</source>
        <translation>Vous pouvez le traduire, le modifier, en reprendre des parties.</translation>
    </message>
    <message>
        <source>You may not pass on a changed version.</source>
        <translation>Vous ne pouvez pas partager une version modifiée.</translation>
    </message>
    <message>
        <source>Not where money is earned with it.</source>
        <translation>Pas pour gagner de l’argent.</translation>
    </message>
    <message>
        <source>Say who made it, and under which licence.</source>
        <translation>Dites qui l’a fait, et sous quelle licence.</translation>
    </message>
    <message>
        <source>Pass on what you change under the same licence.</source>
        <translation>Partagez vos modifications sous la même licence.</translation>
    </message>
</context>
<context>
    <name>LinksView</name>
    <message>
        <source>Open {title}</source>
        <translation>Ouvrir {title}</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>Ouvrir</translation>
    </message>
    <message>
        <source>This address cannot be opened from here.</source>
        <translation>Cette adresse ne peut pas s’ouvrir d’ici.</translation>
    </message>
    <message>
        <source>Opens your mail program: what you write there leaves once connected.</source>
        <translation>Ouvre votre messagerie&#xa0;: ce que vous y écrivez partira à la prochaine connexion.</translation>
    </message>
    <message>
        <source>Open when connected</source>
        <translation>Ouvrir à la prochaine connexion</translation>
    </message>
    <message>
        <source>Press again to let it go</source>
        <translation>Appuyez encore pour ne plus le garder</translation>
    </message>
    <message>
        <source>Kept for later</source>
        <translation>Gardé pour plus tard</translation>
    </message>
    <message>
        <source>Copy the address</source>
        <translation>Copier l’adresse</translation>
    </message>
    <message>
        <source>Copied</source>
        <translation>Adresse copiée</translation>
    </message>
    <message>
        <source>These pages are on the web: opening one needs a network connection. Without one, keep it: you will be reminded when you are connected.</source>
        <translation>Ces pages sont sur le web&#xa0;: pour les ouvrir, il faut une connexion. Sans connexion, gardez le lien&#xa0;: on vous le rappellera à la prochaine.</translation>
    </message>
</context>
<context>
    <name>MessageBar</name>
    <message>
        <source>Close the message</source>
        <translation>Fermer le message</translation>
    </message>
    <message>
        <source>Yes</source>
        <translation>Oui</translation>
    </message>
    <message>
        <source>No</source>
        <translation>Non</translation>
    </message>
</context>
<context>
    <name>Messages</name>
    <message>
        <source>Messages</source>
        <translation>Messages</translation>
    </message>
    <message numerus="yes">
        <source>%n unread</source>
        <translation>
            <numerusform>%n non lu</numerusform>
            <numerusform>%n non lus</numerusform>
        </translation>
    </message>
    <message>
        <source>Announcement</source>
        <translation>Annonce</translation>
    </message>
    <message>
        <source>Week in the forum</source>
        <translation>La semaine du forum</translation>
    </message>
    <message>
        <source>Mark</source>
        <translation>Note</translation>
    </message>
    <message>
        <source>Attestation</source>
        <translation>Attestation</translation>
    </message>
    <message>
        <source>What the class answered</source>
        <translation>Ce que la classe a répondu</translation>
    </message>
    <message>
        <source>Message</source>
        <translation>Message</translation>
    </message>
    <message>
        <source>Unread</source>
        <translation>Non lu</translation>
    </message>
    <message>
        <source>This version of Cartable cannot show it. It is kept, and a newer one will.</source>
        <translation>Cette version de Cartable ne sait pas l’afficher. Il est conservé, et une version plus récente saura le faire.</translation>
    </message>
    <message>
        <source>Nothing was written about it.</source>
        <translation>Aucun commentaire.</translation>
    </message>
    <message>
        <source>It is kept on this computer.</source>
        <translation>Elle est conservée sur cet ordinateur.</translation>
    </message>
    <message>
        <source>The result stands beneath the question.</source>
        <translation>Le résultat se trouve sous la question.</translation>
    </message>
    <message>
        <source>Open the activity</source>
        <translation>Ouvrir l’activité</translation>
    </message>
    <message>
        <source>Show the attestation</source>
        <translation>Montrer l’attestation</translation>
    </message>
    <message>
        <source>This was answered after it was due.</source>
        <translation>La réponse est venue après la date limite.</translation>
    </message>
    <message>
        <source>From {name}</source>
        <translation>De&#xa0;: {name}</translation>
    </message>
    <message>
        <source>Look now</source>
        <translation>Chercher maintenant</translation>
    </message>
    <message>
        <source>Nothing yet. Announcements, marks and attestations of your courses come here.</source>
        <translation>Rien pour l’instant. Les annonces, les notes et les attestations de vos cours arriveront ici.</translation>
    </message>
</context>
<context>
    <name>Next</name>
    <message>
        <source>See the course</source>
        <translation>Voir le cours</translation>
    </message>
    <message>
        <source>Look again at “{title}” · {time}</source>
        <translation>Revoir «&#xa0;{title}&#xa0;» · {time}</translation>
    </message>
    <message numerus="yes">
        <source>Warm up with %n question(s)</source>
        <translation>
            <numerusform>S’échauffer avec %n question</numerusform>
            <numerusform>S’échauffer avec %n questions</numerusform>
        </translation>
    </message>
    <message>
        <source>Fetch it and go on · {size}</source>
        <translation>Télécharger et continuer · {size}</translation>
    </message>
    <message>
        <source>For the attestation</source>
        <translation>Pour l’attestation</translation>
    </message>
    <message>
        <source>Another course</source>
        <translation>Un autre cours</translation>
    </message>
    <message>
        <source>On its way…</source>
        <translation>En route…</translation>
    </message>
    <message>
        <source>You have come to the end of this course. Bravo!</source>
        <translation>Vous êtes au bout de ce cours. Bravo&#x202f;!</translation>
    </message>
    <message numerus="yes">
        <source>For your attestation, %n thing(s) are left.</source>
        <translation>
            <numerusform>Pour votre attestation, il reste %n chose à faire.</numerusform>
            <numerusform>Pour votre attestation, il reste %n choses à faire.</numerusform>
        </translation>
    </message>
    <message>
        <source>{title}: {done} of {all}, {time} left</source>
        <translation>{title}&#xa0;: {done} sur {all}, encore {time}</translation>
    </message>
    <message>
        <source>Learnt this week: {time} of {plan}.</source>
        <translation>Appris cette semaine&#xa0;: {time} sur {plan}.</translation>
    </message>
    <message>
        <source>A sitting now could be “{title}”, {time}.</source>
        <translation>Une séance possible maintenant&#xa0;: «&#xa0;{title}&#xa0;», {time}.</translation>
    </message>
    <message>
        <source>All that is open is done. Well done!</source>
        <translation>Tout ce qui est ouvert est fait. Bravo&#x202f;!</translation>
    </message>
    <message>
        <source>You have come to the end, and your attestation is earned. Bravo!</source>
        <translation>Vous êtes au bout, et votre attestation est acquise. Bravo&#x202f;!</translation>
    </message>
    <message>
        <source>“{title}” opens on {day}.</source>
        <translation>«&#xa0;{title}&#xa0;» ouvrira le {day}.</translation>
    </message>
    <message>
        <source>A few questions now and then keep it fresh.</source>
        <translation>Quelques questions de temps en temps, et cela reste frais.</translation>
    </message>
    <message>
        <source>For your attestation, only a mark has to come back.</source>
        <translation>Pour votre attestation, il ne manque plus qu’une note de la plateforme.</translation>
    </message>
    <message>
        <source>Welcome back.</source>
        <translation>Bon retour.</translation>
    </message>
    <message>
        <source>Welcome back. You can go on where you stopped.</source>
        <translation>Bon retour. Vous pouvez reprendre où vous en étiez.</translation>
    </message>
    <message>
        <source>“{title}” was due on {day}.</source>
        <translation>«&#xa0;{title}&#xa0;»&#xa0;: c’était pour le {day}.</translation>
    </message>
    <message>
        <source>Learnt this week: {time}. Your plan of {plan} is met. Bravo!</source>
        <translation>Appris cette semaine&#xa0;: {time}. Vos {plan} prévues y sont. Bravo&#x202f;!</translation>
    </message>
    <message>
        <source>A new week: {plan} are planned.</source>
        <translation>Une nouvelle semaine&#xa0;: {plan} au programme.</translation>
    </message>
    <message>
        <source>about {time}</source>
        <translation>environ {time}</translation>
    </message>
    <message>
        <source>Welcome back. You had got to “{title}”.</source>
        <translation>Bon retour. Vous en étiez à «&#xa0;{title}&#xa0;».</translation>
    </message>
    <message numerus="yes">
        <source>%n more was due meanwhile.</source>
        <translation>
            <numerusform>Et %n autre date est passée.</numerusform>
            <numerusform>Et %n autres dates sont passées.</numerusform>
        </translation>
    </message>
    <message>
        <source>It is all still open: you can do it now, and it counts here as before. The platform sees that it came later.</source>
        <translation>Tout reste ouvert&#xa0;: vous pouvez le faire maintenant, et ici cela compte comme avant. La plateforme verra que c’est venu plus tard.</translation>
    </message>
    <message>
        <source>{n} h</source>
        <translation>{n}&#xa0;h</translation>
    </message>
    <message>
        <source>Next: {title}</source>
        <translation>La suite&#xa0;: {title}</translation>
    </message>
    <message>
        <source>“{title}” opens another day.</source>
        <translation>«&#xa0;{title}&#xa0;» ouvrira un autre jour.</translation>
    </message>
    <message>
        <source>Go on: {title}</source>
        <translation>Reprendre&#xa0;: {title}</translation>
    </message>
    <message>
        <source>Learnt this week: {time}.</source>
        <translation>Appris cette semaine&#xa0;: {time}.</translation>
    </message>
    <message>
        <source>Change my plan…</source>
        <translation>Changer mon rythme…</translation>
    </message>
    <message numerus="yes">
        <source>What is left of the course would take %n week(s).</source>
        <translation>
            <numerusform>La suite du cours prendrait %n semaine.</numerusform>
            <numerusform>La suite du cours prendrait %n semaines.</numerusform>
        </translation>
    </message>
    <message>
        <source>Plan my week…</source>
        <translation>Prévoir ma semaine…</translation>
    </message>
    <message>
        <source>no plan</source>
        <translation>aucun</translation>
    </message>
    <message>
        <source>Hours a week</source>
        <translation>Heures par semaine</translation>
    </message>
    <message>
        <source>Keep this plan</source>
        <translation>Garder ce rythme</translation>
    </message>
    <message>
        <source>Without a plan</source>
        <translation>Sans rythme fixé</translation>
    </message>
    <message>
        <source>For this course, {plan} a week would fit.</source>
        <translation>Pour ce cours, {plan} par semaine conviendraient.</translation>
    </message>
    <message>
        <source>{title}: {done} of {all} done</source>
        <translation>{title}&#xa0;: {done} sur {all}</translation>
    </message>
    <message>
        <source>Your way through the course</source>
        <translation>Votre chemin dans le cours</translation>
    </message>
</context>
<context>
    <name>Notes</name>
    <message>
        <source>There may be a connection now. What you open leaves this list.</source>
        <translation>Il y a peut-être une connexion. Ce que vous ouvrez quitte cette liste.</translation>
    </message>
    <message>
        <source>From “{activity}”, kept on {day}</source>
        <translation>De «&#xa0;{activity}&#xa0;», gardé le {day}</translation>
    </message>
    <message>
        <source>No longer keep it</source>
        <translation>Ne plus le garder</translation>
    </message>
    <message>
        <source>No link waits. In a list of links, “Open when connected” keeps one for later; so does following a link while there is no connection.</source>
        <translation>Aucun lien n’attend. Dans une liste de liens, «&#xa0;Ouvrir à la prochaine connexion&#xa0;» en garde un pour plus tard&#x202f;; suivre un lien sans connexion aussi.</translation>
    </message>
    <message>
        <source>They wait until there is a connection.</source>
        <translation>Ils attendent une connexion.</translation>
    </message>
    <message>
        <source>Saved as you type. {keys} when you are done.</source>
        <translation>Enregistré au fil de la frappe. {keys} quand vous avez fini.</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>Terminé</translation>
    </message>
    <message>
        <source>On this activity</source>
        <translation>Sur cette activité</translation>
    </message>
    <message>
        <source>Page {page}</source>
        <translation>Page {page}</translation>
    </message>
    <message>
        <source>Note: {place}</source>
        <translation>Note&#xa0;: {place}</translation>
    </message>
    <message>
        <source>Write a note</source>
        <translation>Écrire une note</translation>
    </message>
    <message>
        <source>Bookmark</source>
        <translation>Marque-page</translation>
    </message>
    <message>
        <source>Nothing is noted here yet. Press N to write down what you think at this moment, B to find this place again. Your notes stay with you: the platform does not get them.</source>
        <translation>Rien n’est noté ici pour l’instant. Appuyez sur N pour écrire ce que vous pensez à ce moment, sur B pour retrouver cet endroit. Votre carnet reste chez vous&#xa0;: la plateforme ne le reçoit pas.</translation>
    </message>
    <message>
        <source>this activity</source>
        <translation>cette activité</translation>
    </message>
    <message>
        <source>Bookmarked: {place}</source>
        <translation>Marque-page posé&#xa0;: {place}</translation>
    </message>
    <message>
        <source>Bookmark removed: {place}</source>
        <translation>Marque-page enlevé&#xa0;: {place}</translation>
    </message>
    <message>
        <source>The note is deleted.</source>
        <translation>La note est supprimée.</translation>
    </message>
    <message>
        <source>The bookmark is deleted.</source>
        <translation>Le marque-page est supprimé.</translation>
    </message>
    <message>
        <source>Go to {place}: {text}</source>
        <translation>Aller à {place}&#xa0;: {text}</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>Supprimer</translation>
    </message>
    <message>
        <source>Edit</source>
        <translation>Modifier</translation>
    </message>
    <message>
        <source>Notes</source>
        <translation>Carnet</translation>
    </message>
    <message>
        <source>Notes and bookmarks of this activity</source>
        <translation>Notes prises et marque-pages de cette activité</translation>
    </message>
    <message>
        <source>No connection now. The link is kept: you will be reminded.</source>
        <translation>Pas de connexion. Le lien est gardé&#xa0;: on vous le rappellera.</translation>
    </message>
    <message>
        <source>Open all the same</source>
        <translation>Ouvrir quand même</translation>
    </message>
    <message>
        <source>You kept a link for when you are connected: {title}</source>
        <translation>Vous aviez gardé un lien pour la prochaine connexion&#xa0;: {title}</translation>
    </message>
    <message numerus="yes">
        <source>%n link(s) are waiting for you.</source>
        <translation>
            <numerusform>%n lien vous attend.</numerusform>
            <numerusform>%n liens vous attendent.</numerusform>
        </translation>
    </message>
    <message>
        <source>Show them</source>
        <translation>Les voir</translation>
    </message>
    <message>
        <source>the course is not here</source>
        <translation>le cours n’est pas ici</translation>
    </message>
    <message>
        <source>Kept links</source>
        <translation>Liens gardés</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>Copier</translation>
    </message>
    <message>
        <source>Save as Markdown…</source>
        <translation>Enregistrer en Markdown…</translation>
    </message>
    <message>
        <source>Look in the notes</source>
        <translation>Chercher dans le carnet</translation>
    </message>
    <message>
        <source>All courses</source>
        <translation>Tous les cours</translation>
    </message>
    <message>
        <source>Course</source>
        <translation>Cours</translation>
    </message>
    <message>
        <source>By course</source>
        <translation>Par cours</translation>
    </message>
    <message>
        <source>Newest first</source>
        <translation>Les plus récentes d’abord</translation>
    </message>
    <message>
        <source>Order</source>
        <translation>Ordre</translation>
    </message>
    <message>
        <source>“{title}” is not in a course on this computer any more.</source>
        <translation>«&#xa0;{title}&#xa0;» n’est plus dans un cours de cet ordinateur.</translation>
    </message>
    <message>
        <source>Go there</source>
        <translation>Y aller</translation>
    </message>
    <message>
        <source>Copied.</source>
        <translation>Copié.</translation>
    </message>
    <message>
        <source>Nothing is noted yet.</source>
        <translation>Rien n’est noté pour l’instant.</translation>
    </message>
    <message>
        <source>Nothing here has these words.</source>
        <translation>Rien ici ne contient ces mots.</translation>
    </message>
    <message>
        <source>No note yet. Open a video or a page and press N: what you type stands here, tied to that moment. B puts a bookmark.</source>
        <translation>Votre carnet est vide. Ouvrez une vidéo ou une page et appuyez sur N&#xa0;: ce que vous tapez se retrouve ici, lié à ce moment. B pose un marque-page.</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>Annuler</translation>
    </message>
</context>
<context>
    <name>Parts</name>
    <message>
        <source>Empty this field</source>
        <translation>Vider ce champ</translation>
    </message>
</context>
<context>
    <name>QuizView</name>
    <message>
        <source>Several answers may be right: choose all of them.</source>
        <translation>Plusieurs réponses peuvent être justes&#xa0;: choisissez-les toutes.</translation>
    </message>
    <message>
        <source>Your answer</source>
        <translation>Votre réponse</translation>
    </message>
    <message>
        <source>Your answer, a number</source>
        <translation>Votre réponse, un nombre</translation>
    </message>
    <message>
        <source>“{text}” is not a number. Write it with digits, for example {example}.</source>
        <translation>«&#xa0;{text}&#xa0;» n’est pas un nombre. Écrivez-le en chiffres, par exemple {example}.</translation>
    </message>
    <message>
        <source>12.5</source>
        <comment>a number as the reader writes it</comment>
        <translation>12,5</translation>
    </message>
    <message>
        <source>Your choice: right</source>
        <translation>C’est le bon choix</translation>
    </message>
    <message>
        <source>Question {n} of {count}</source>
        <translation>Question {n} sur {count}</translation>
    </message>
    <message>
        <source>Places: {n} of {most}</source>
        <translation>Endroits&#xa0;: {n} sur {most}</translation>
    </message>
    <message>
        <source>This question needs a newer Cartable. It brings no points; go on with the next.</source>
        <translation>Cette question demande une version plus récente de Cartable. Elle ne rapporte pas de points&#x202f;; passez à la suivante.</translation>
    </message>
    <message>
        <source>Next question</source>
        <translation>Question suivante</translation>
    </message>
    <message>
        <source>Back to the results</source>
        <translation>Revenir aux résultats</translation>
    </message>
    <message>
        <source>Hand in…</source>
        <translation>Remettre…</translation>
    </message>
    <message>
        <source>See the results</source>
        <translation>Voir les résultats</translation>
    </message>
    <message>
        <source>Saved on this computer</source>
        <translation>Enregistré sur cet ordinateur</translation>
    </message>
    <message>
        <source>“{text}” cannot be read as a formula. Write it like {example}.</source>
        <translation>«&#xa0;{text}&#xa0;» ne se lit pas comme une formule. Écrivez par exemple {example}.</translation>
    </message>
    <message>
        <source>Your answer, a formula</source>
        <translation>Votre réponse, une formule</translation>
    </message>
    <message>
        <source>Not the right choice</source>
        <translation>Ce n’est pas le bon choix</translation>
    </message>
    <message>
        <source>Gap {n}</source>
        <translation>Trou {n}</translation>
    </message>
    <message numerus="yes">
        <source>%n word(s)</source>
        <translation>
            <numerusform>%n mot</numerusform>
            <numerusform>%n mots</numerusform>
        </translation>
    </message>
    <message>
        <source>Mark yourself by:</source>
        <translation>Notez-vous d’après&#xa0;:</translation>
    </message>
    <message>
        <source>{n} points</source>
        <translation>{n} points</translation>
    </message>
    <message>
        <source>It is marked by:</source>
        <translation>Votre réponse sera notée d’après&#xa0;:</translation>
    </message>
    <message>
        <source>at least {n}</source>
        <translation>au moins {n}</translation>
    </message>
    <message>
        <source>at most {n}</source>
        <translation>au plus {n}</translation>
    </message>
    <message>
        <source>Hint {n} of {count}</source>
        <translation>Indice {n} sur {count}</translation>
    </message>
    <message>
        <source>Choose…</source>
        <translation>Choisissez…</translation>
    </message>
    <message>
        <source>Drag the lines, or move them with Alt and the arrow keys.</source>
        <translation>Glissez les lignes, ou déplacez-les avec Alt et les flèches.</translation>
    </message>
    <message>
        <source>Put in order</source>
        <translation>Mettre dans l’ordre</translation>
    </message>
    <message>
        <source>This is my order</source>
        <translation>Valider cet ordre</translation>
    </message>
    <message>
        <source>Up</source>
        <translation>Monter</translation>
    </message>
    <message>
        <source>Down</source>
        <translation>Descendre</translation>
    </message>
    <message>
        <source>{x} across, {y} down</source>
        <translation>{x} depuis la gauche, {y} depuis le haut</translation>
    </message>
    <message>
        <source>Click, or move the cross with the arrow keys and press Space.</source>
        <translation>Cliquez, ou déplacez la croix avec les flèches et appuyez sur Espace.</translation>
    </message>
    <message>
        <source>Choose a number for each label, or click the places in the picture in turn.</source>
        <translation>Choisissez un numéro pour chaque étiquette, ou cliquez sur les endroits de l’image l’un après l’autre.</translation>
    </message>
    <message>
        <source>Picture</source>
        <translation>Image</translation>
    </message>
    <message>
        <source>Look at it again</source>
        <translation>À revoir</translation>
    </message>
    <message>
        <source>Previous</source>
        <translation>Précédente</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Réessayer</translation>
    </message>
    <message>
        <source>Answer</source>
        <translation>Valider</translation>
    </message>
    <message>
        <source>The platform marks it: what is right is not on this computer. The mark comes back after your answers were sent.</source>
        <translation>C’est la plateforme qui note&#xa0;: ce qui est juste n’est pas sur cet ordinateur. La note revient après l’envoi de vos réponses.</translation>
    </message>
    <message>
        <source>Before you begin</source>
        <translation>Avant de commencer</translation>
    </message>
    <message>
        <source>Try it all again</source>
        <translation>Nouvelle tentative</translation>
    </message>
    <message>
        <source>Handed in.</source>
        <translation>Remis.</translation>
    </message>
    <message>
        <source>Begin the exam</source>
        <translation>Commencer l’examen</translation>
    </message>
    <message>
        <source>Begin</source>
        <translation>Commencer</translation>
    </message>
    <message>
        <source>This was answered after it was due.</source>
        <translation>La réponse est venue après la date limite.</translation>
    </message>
    <message>
        <source>Hand in?</source>
        <translation>Remettre vos réponses&#x202f;?</translation>
    </message>
    <message>
        <source>Finish?</source>
        <translation>Terminer&#x202f;?</translation>
    </message>
    <message numerus="yes">
        <source>%n question(s) to look at again:</source>
        <translation>
            <numerusform>%n question à revoir&#xa0;:</numerusform>
            <numerusform>%n questions à revoir&#xa0;:</numerusform>
        </translation>
    </message>
    <message>
        <source>Hand in</source>
        <translation>Remettre</translation>
    </message>
    <message>
        <source>Finish</source>
        <translation>Terminer</translation>
    </message>
    <message>
        <source>Go back</source>
        <translation>Revenir</translation>
    </message>
    <message numerus="yes">
        <source>%n question(s) not answered:</source>
        <translation>
            <numerusform>%n question sans réponse&#xa0;:</numerusform>
            <numerusform>%n questions sans réponse&#xa0;:</numerusform>
        </translation>
    </message>
    <message>
        <source>Every question is answered. After handing in, answers cannot be changed.</source>
        <translation>Vous avez répondu à toutes les questions. Une fois remises, vos réponses ne peuvent plus être modifiées.</translation>
    </message>
    <message>
        <source>Every question is answered.</source>
        <translation>Vous avez répondu à toutes les questions.</translation>
    </message>
    <message>
        <source>Answer it</source>
        <translation>Répondre</translation>
    </message>
    <message>
        <source>Continue</source>
        <translation>Continuer</translation>
    </message>
    <message>
        <source>Look at it</source>
        <translation>Revoir</translation>
    </message>
    <message>
        <source>You need {share} of the points to pass.</source>
        <translation>Il faut {share} des points pour réussir.</translation>
    </message>
    <message>
        <source>Answers can be changed until you hand in; then all of them are marked together.</source>
        <translation>Vous pouvez modifier vos réponses jusqu’à la remise&#x202f;; elles sont alors toutes notées ensemble.</translation>
    </message>
    <message numerus="yes">
        <source>%n attempt(s) left.</source>
        <translation>
            <numerusform>%n tentative restante.</numerusform>
            <numerusform>%n tentatives restantes.</numerusform>
        </translation>
    </message>
    <message>
        <source>What you answer is saved on this computer at once. You may close the program and go on later.</source>
        <translation>Chaque réponse est enregistrée aussitôt sur cet ordinateur. Vous pouvez fermer le programme et reprendre plus tard.</translation>
    </message>
    <message>
        <source>Done.</source>
        <translation>Terminé.</translation>
    </message>
    <message>
        <source>Passed.</source>
        <translation>Réussi.</translation>
    </message>
    <message>
        <source>Not passed yet.</source>
        <translation>Pas encore réussi.</translation>
    </message>
    <message>
        <source>Nothing here brings points.</source>
        <translation>Rien ici ne rapporte de points.</translation>
    </message>
    <message>
        <source>{share}: {points} of {out_of} points.</source>
        <translation>{share}&#xa0;: {points} sur {out_of} points.</translation>
    </message>
    <message>
        <source>Answered; it brings no points.</source>
        <translation>Réponse donnée&#x202f;; elle ne rapporte pas de points.</translation>
    </message>
    <message>
        <source>Right.</source>
        <translation>Bonne réponse.</translation>
    </message>
    <message>
        <source>Partly right: {share} of the points.</source>
        <translation>En partie juste&#xa0;: {share} des points.</translation>
    </message>
    <message>
        <source>Not right.</source>
        <translation>Réponse inexacte.</translation>
    </message>
    <message numerus="yes">
        <source>Right after %n wrong try(s): {share} of the points.</source>
        <translation>
            <numerusform>Bonne réponse après %n erreur&#xa0;: {share} des points.</numerusform>
            <numerusform>Bonne réponse après %n erreurs&#xa0;: {share} des points.</numerusform>
        </translation>
    </message>
    <message>
        <source>Answers can be changed until you hand in.</source>
        <translation>Les réponses peuvent être modifiées jusqu’à la remise.</translation>
    </message>
    <message numerus="yes">
        <source>%n point(s)</source>
        <translation>
            <numerusform>%n point</numerusform>
            <numerusform>%n points</numerusform>
        </translation>
    </message>
    <message>
        <source>Answered; the mark comes later.</source>
        <translation>Répondu&#x202f;; la note viendra plus tard.</translation>
    </message>
    <message>
        <source>To look at again.</source>
        <translation>À revoir.</translation>
    </message>
    <message>
        <source>A text to read.</source>
        <translation>Un texte à lire.</translation>
    </message>
    <message>
        <source>Needs a newer Cartable.</source>
        <translation>Demande un Cartable plus récent.</translation>
    </message>
    <message>
        <source>Answered.</source>
        <translation>Réponse donnée.</translation>
    </message>
    <message>
        <source>Not answered.</source>
        <translation>Sans réponse.</translation>
    </message>
    <message numerus="yes">
        <source>%n more answer(s) possible</source>
        <translation>
            <numerusform>%n essai restant</numerusform>
            <numerusform>%n essais restants</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n attempt(s) left</source>
        <translation>
            <numerusform>%n tentative restante</numerusform>
            <numerusform>%n tentatives restantes</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n question(s), in any order you like.</source>
        <translation>
            <numerusform>%n question.</numerusform>
            <numerusform>%n questions, dans l’ordre que vous voulez.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Reading</name>
    <message>
        <source>Read aloud (Ctrl+Shift+U)</source>
        <translation>Lire à voix haute (Ctrl+Maj+U)</translation>
    </message>
    <message>
        <source>Pause reading aloud (Ctrl+Shift+U)</source>
        <translation>Mettre la lecture à voix haute en pause (Ctrl+Maj+U)</translation>
    </message>
    <message>
        <source>How text looks</source>
        <translation>Apparence du texte</translation>
    </message>
    <message>
        <source>Of the system</source>
        <translation>Du système</translation>
    </message>
    <message>
        <source>Short</source>
        <translation>Courtes</translation>
    </message>
    <message>
        <source>Usual</source>
        <translation>Habituelles</translation>
    </message>
    <message>
        <source>Long</source>
        <translation>Longues</translation>
    </message>
    <message>
        <source>As wide as the window</source>
        <translation>Toute la fenêtre</translation>
    </message>
    <message>
        <source>Letters</source>
        <translation>Police de caractères</translation>
    </message>
    <message>
        <source>From line to line</source>
        <translation>Interligne</translation>
    </message>
    <message>
        <source>More between letters</source>
        <translation>Espacement des lettres</translation>
    </message>
    <message>
        <source>Length of lines</source>
        <translation>Longueur des lignes</translation>
    </message>
    <message>
        <source>This is how a page of a course looks. Choose what your eyes like: larger letters, more room between the lines, or letters made for dyslexic readers.</source>
        <translation>Voici à quoi ressemble une page de cours. Choisissez ce qui convient à vos yeux&#xa0;: des lettres plus grandes, des lignes plus espacées, ou des caractères conçus pour les personnes dyslexiques.</translation>
    </message>
    <message>
        <source>Reading</source>
        <translation>Lecture</translation>
    </message>
    <message>
        <source>Pages and questions can be read aloud in: {languages}.</source>
        <translation>Les pages et les questions peuvent être lues à voix haute en&#xa0;: {languages}.</translation>
    </message>
    <message>
        <source>This computer has no voice, so nothing can be read aloud. The system’s settings may let you add one.</source>
        <translation>Cet ordinateur n’a pas de voix&#xa0;: rien ne peut être lu à voix haute. Les réglages du système permettent peut-être d’en ajouter une.</translation>
    </message>
</context>
<context>
    <name>Revision</name>
    <message>
        <source>Take it out</source>
        <translation>La retirer</translation>
    </message>
    <message>
        <source>This comes again in the revision.</source>
        <translation>Elle revient dans la révision.</translation>
    </message>
    <message>
        <source>Ask me this again later</source>
        <translation>Me la reposer plus tard</translation>
    </message>
    <message>
        <source>{course}: {activity}</source>
        <translation>{course}&#xa0;: {activity}</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>Arrêter</translation>
    </message>
    <message>
        <source>That was hard</source>
        <translation>C’était difficile</translation>
    </message>
    <message>
        <source>Question {n}</source>
        <translation>Question {n}</translation>
    </message>
    <message>
        <source>Revision</source>
        <translation>Révision</translation>
    </message>
    <message numerus="yes">
        <source>%n due</source>
        <translation>
            <numerusform>%n aujourd’hui</numerusform>
            <numerusform>%n aujourd’hui</numerusform>
        </translation>
    </message>
    <message>
        <source>Nothing is due today.</source>
        <translation>Rien à réviser aujourd’hui.</translation>
    </message>
    <message numerus="yes">
        <source>%n question(s) come again</source>
        <translation>
            <numerusform>%n question revient</numerusform>
            <numerusform>%n questions reviennent</numerusform>
        </translation>
    </message>
    <message>
        <source>{questions}, the next one on {date}.</source>
        <translation>{questions}, la prochaine le {date}.</translation>
    </message>
    <message>
        <source>Nothing to revise yet. Questions of a quiz that you miss or find hard come again here, after growing pauses, a few minutes a day. You can also put any question there yourself.</source>
        <translation>Rien à réviser pour l’instant. Les questions d’un quiz que vous manquez ou trouvez difficiles reviennent ici, à intervalles de plus en plus longs, quelques minutes par jour. Vous pouvez aussi en ajouter vous-même.</translation>
    </message>
    <message>
        <source>Take all out</source>
        <translation>Tout retirer</translation>
    </message>
    <message numerus="yes">
        <source>%n question(s) will not come again. Your answers and marks stay.</source>
        <translation>
            <numerusform>%n question ne reviendra plus. Vos réponses et vos notes restent.</numerusform>
            <numerusform>%n questions ne reviendront plus. Vos réponses et vos notes restent.</numerusform>
        </translation>
    </message>
    <message>
        <source>Done for today.</source>
        <translation>C’est fini pour aujourd’hui.</translation>
    </message>
    <message numerus="yes">
        <source>%n question(s) today</source>
        <translation>
            <numerusform>%n question aujourd’hui</numerusform>
            <numerusform>%n questions aujourd’hui</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>about %n minute(s)</source>
        <translation>
            <numerusform>environ %n minute</numerusform>
            <numerusform>environ %n minutes</numerusform>
        </translation>
    </message>
    <message>
        <source>The next one comes on {date}.</source>
        <translation>La prochaine vient le {date}.</translation>
    </message>
    <message numerus="yes">
        <source>%n question(s) wait for a course that is not on this computer.</source>
        <translation>
            <numerusform>%n question attend un cours qui n’est pas sur cet ordinateur.</numerusform>
            <numerusform>%n questions attendent un cours qui n’est pas sur cet ordinateur.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{questions}, of which %n today.</source>
        <translation>
            <numerusform>{questions}, dont %n aujourd’hui.</numerusform>
            <numerusform>{questions}, dont %n aujourd’hui.</numerusform>
        </translation>
    </message>
    <message>
        <source>The revision is switched off.</source>
        <translation>La révision est désactivée.</translation>
    </message>
    <message>
        <source>Switch it on</source>
        <translation>L’activer</translation>
    </message>
    <message>
        <source>Go on all the same</source>
        <translation>Continuer quand même</translation>
    </message>
    <message>
        <source>Start</source>
        <translation>Commencer</translation>
    </message>
    <message>
        <source>Keep them</source>
        <translation>Les garder</translation>
    </message>
    <message>
        <source>Take out</source>
        <translation>Retirer</translation>
    </message>
    <message numerus="yes">
        <source>%n more question(s) can wait.</source>
        <translation>
            <numerusform>%n autre question peut attendre.</numerusform>
            <numerusform>%n autres questions peuvent attendre.</numerusform>
        </translation>
    </message>
    <message>
        <source>{questions}, {time}.</source>
        <translation>{questions}, {time}.</translation>
    </message>
</context>
<context>
    <name>Search</name>
    <message>
        <source>Course</source>
        <translation>Cours</translation>
    </message>
    <message>
        <source>Section</source>
        <translation>Section</translation>
    </message>
    <message>
        <source>Sequence</source>
        <translation>Séquence</translation>
    </message>
    <message>
        <source>Chapter of a video</source>
        <translation>Chapitre d’une vidéo</translation>
    </message>
    <message>
        <source>Said in a video</source>
        <translation>Dit dans une vidéo</translation>
    </message>
    <message>
        <source>Transcript</source>
        <translation>Transcription</translation>
    </message>
    <message>
        <source>Slides</source>
        <translation>Diapositives</translation>
    </message>
    <message>
        <source>My note</source>
        <translation>Note du carnet</translation>
    </message>
    <message>
        <source>Question</source>
        <translation>Question</translation>
    </message>
    <message>
        <source>not on this computer</source>
        <translation>pas sur cet ordinateur</translation>
    </message>
    <message>
        <source>In Cartable</source>
        <translation>Dans Cartable</translation>
    </message>
    <message>
        <source>page {number}</source>
        <translation>page {number}</translation>
    </message>
    <message>
        <source>Search</source>
        <translation>Recherche</translation>
    </message>
    <message>
        <source>Back to the search</source>
        <translation>Retour à la recherche</translation>
    </message>
    <message>
        <source>A word, several words, or “words in quotes”</source>
        <translation>Un mot, plusieurs mots, ou «&#xa0;des mots entre guillemets&#xa0;»</translation>
    </message>
    <message>
        <source>Look for</source>
        <translation>Chercher</translation>
    </message>
    <message>
        <source>In which course</source>
        <translation>Dans quel cours</translation>
    </message>
    <message>
        <source>All my courses</source>
        <translation>Tous mes cours</translation>
    </message>
    <message>
        <source>What is found</source>
        <translation>Ce qui est cherché</translation>
    </message>
    <message>
        <source>What was found</source>
        <translation>Ce qui a été trouvé</translation>
    </message>
    <message>
        <source>Look everywhere</source>
        <translation>Chercher partout</translation>
    </message>
    <message>
        <source>What are you looking for?</source>
        <translation>Que cherchez-vous&#x202f;?</translation>
    </message>
    <message>
        <source>Titles, pages, what is said in videos, slides, questions, your notes: a few letters are enough, with or without accents.</source>
        <translation>Les titres, les pages, ce qui est dit dans les vidéos, les diapositives, les questions, votre carnet&#xa0;: quelques lettres suffisent, avec ou sans accents.</translation>
    </message>
    <message>
        <source>Try fewer words, or only how one begins. What is said in a video can be found once it is on this computer.</source>
        <translation>Essayez avec moins de mots, ou seulement le début d’un mot. Ce qui est dit dans une vidéo se trouve une fois qu’elle est sur cet ordinateur.</translation>
    </message>
    <message>
        <source>preferences, language, colours, size of text, captions, data budget, sharing</source>
        <translation>paramètres, préférences, langue, couleurs, taille du texte, sous-titres, forfait, partage</translation>
    </message>
    <message>
        <source>Nothing was found for “{words}”.</source>
        <translation>Rien n’a été trouvé pour «&#xa0;{words}&#xa0;».</translation>
    </message>
    <message>
        <source>Everything</source>
        <translation>Tout</translation>
    </message>
    <message>
        <source>Titles</source>
        <translation>Titres</translation>
    </message>
    <message>
        <source>Videos and slides</source>
        <translation>Vidéos et diapositives</translation>
    </message>
    <message>
        <source>Pages, documents and questions</source>
        <translation>Pages, documents et questions</translation>
    </message>
    <message>
        <source>My notes</source>
        <translation>Mon carnet</translation>
    </message>
    <message numerus="yes">
        <source>%n found</source>
        <translation>
            <numerusform>%n résultat</numerusform>
            <numerusform>%n résultats</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>The first %n: add a word to find less</source>
        <translation>
            <numerusform>Le premier&#xa0;: ajoutez un mot pour préciser</numerusform>
            <numerusform>Les %n premiers&#xa0;: ajoutez un mot pour préciser</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n file(s) still being read</source>
        <translation>
            <numerusform>%n fichier encore en lecture</numerusform>
            <numerusform>%n fichiers encore en lecture</numerusform>
        </translation>
    </message>
    <message>
        <source>courses, what is offered, refresh, a file or stick</source>
        <translation>cours, ce qui est proposé, actualiser, fichier ou clé USB</translation>
    </message>
    <message>
        <source>what is being fetched, pause, order</source>
        <translation>ce qui arrive, pause, ordre</translation>
    </message>
    <message>
        <source>answers, marks, sending, sign in, courier</source>
        <translation>réponses, notes, envoi, connexion, courrier</translation>
    </message>
    <message>
        <source>announcements, marks, attestations</source>
        <translation>annonces, notes, attestations</translation>
    </message>
    <message>
        <source>questions that come again</source>
        <translation>les questions qui reviennent</translation>
    </message>
    <message>
        <source>free space, delete videos, move to another drive</source>
        <translation>place libre, supprimer des vidéos, changer de disque</translation>
    </message>
    <message>
        <source>Look again for {words}</source>
        <translation>Chercher de nouveau {words}</translation>
    </message>
</context>
<context>
    <name>Settings</name>
    <message>
        <source>The file your platform gave you</source>
        <translation>Le fichier donné par votre plateforme</translation>
    </message>
    <message>
        <source>The folder of a course repository</source>
        <translation>Le dossier d’un dépôt de cours</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>Réglages</translation>
    </message>
    <message>
        <source>As the system</source>
        <translation>Comme le système</translation>
    </message>
    <message>
        <source>Language of the window</source>
        <translation>Langue d’affichage</translation>
    </message>
    <message>
        <source>Download videos as</source>
        <translation>Qualité des vidéos à télécharger</translation>
    </message>
    <message>
        <source>None</source>
        <translation>Aucun</translation>
    </message>
    <message>
        <source>Captions</source>
        <translation>Sous-titres</translation>
    </message>
    <message>
        <source>Size of the text in pages</source>
        <translation>Taille du texte des pages</translation>
    </message>
    <message>
        <source>Ask me again what I missed</source>
        <translation>Reposer les questions que j’ai manquées</translation>
    </message>
    <message>
        <source>The best one found</source>
        <translation>Le meilleur disponible</translation>
    </message>
    <message>
        <source>Built in (Qt)</source>
        <translation>Intégré (Qt)</translation>
    </message>
    <message>
        <source>Videos are played by</source>
        <translation>Lecteur vidéo</translation>
    </message>
    <message>
        <source>Your platform</source>
        <translation>Votre plateforme</translation>
    </message>
    <message>
        <source>Choose a platform file…</source>
        <translation>Choisir un fichier de plateforme…</translation>
    </message>
    <message>
        <source>Send my work by itself</source>
        <translation>Envoyer mon travail automatiquement</translation>
    </message>
    <message>
        <source>Where courses come from</source>
        <translation>D’où viennent les cours</translation>
    </message>
    <message>
        <source>Address of a course repository</source>
        <translation>Adresse d’un dépôt de cours</translation>
    </message>
    <message>
        <source>Add</source>
        <translation>Ajouter</translation>
    </message>
    <message>
        <source>A folder or stick…</source>
        <translation>Un dossier ou une clé USB…</translation>
    </message>
    <message>
        <source>Also open courses that nobody signed</source>
        <translation>Ouvrir aussi les cours que personne n’a signés</translation>
    </message>
    <message>
        <source>Anyone may have made them.</source>
        <translation>N’importe qui a pu les faire.</translation>
    </message>
    <message>
        <source>None yet: your work stays on this computer.</source>
        <translation>Aucune pour l’instant&#xa0;: votre travail reste sur cet ordinateur.</translation>
    </message>
    <message>
        <source>Forget this address; its courses stay</source>
        <translation>Oublier cette adresse&#x202f;; ses cours restent</translation>
    </message>
    <message>
        <source>Key {key}</source>
        <translation>Clé {key}</translation>
    </message>
    <message>
        <source>You trust what is signed with it.</source>
        <translation>Vous faites confiance à ce qu’elle signe.</translation>
    </message>
    <message>
        <source>Trust it no longer</source>
        <translation>Ne plus lui faire confiance</translation>
    </message>
    <message>
        <source>This line is paid by the megabyte</source>
        <translation>Connexion payée au mégaoctet</translation>
    </message>
    <message>
        <source>This system does not tell whether the line is paid by the megabyte.</source>
        <translation>Ce système ne dit pas si la connexion se paie au mégaoctet.</translation>
    </message>
    <message>
        <source>Spent on the line so far: {day} today, {month} this month.</source>
        <translation>Consommé jusqu’ici&#xa0;: {day} aujourd’hui, {month} ce mois-ci.</translation>
    </message>
    <message>
        <source>A course file…</source>
        <translation>Un fichier de cours…</translation>
    </message>
    <message>
        <source>A course in one file</source>
        <translation>Un cours en un seul fichier</translation>
    </message>
    <message>
        <source>Ask me again</source>
        <translation>Me le redemander</translation>
    </message>
    <message>
        <source>no limit</source>
        <translation>sans limite</translation>
    </message>
    <message>
        <source>Data budget</source>
        <translation>Budget de données</translation>
    </message>
    <message>
        <source>At most in a day</source>
        <translation>Au plus par jour</translation>
    </message>
    <message>
        <source>At most in a month</source>
        <translation>Au plus par mois</translation>
    </message>
    <message>
        <source>Not faster than</source>
        <translation>Pas plus vite que</translation>
    </message>
    <message>
        <source>Downloads on such a line</source>
        <translation>Télécharger sur une telle connexion</translation>
    </message>
    <message>
        <source>A new version of a course</source>
        <translation>Nouvelle version d’un cours</translation>
    </message>
    <message>
        <source>Download by itself only from</source>
        <translation>Télécharger automatiquement seulement de</translation>
    </message>
    <message>
        <source>Downloads may begin at</source>
        <translation>Début des téléchargements</translation>
    </message>
    <message>
        <source>Downloads end at</source>
        <translation>Fin des téléchargements</translation>
    </message>
    <message>
        <source>to</source>
        <translation>à</translation>
    </message>
    <message>
        <source>Find out</source>
        <translation>Détecter</translation>
    </message>
    <message>
        <source>Yes</source>
        <translation>Oui</translation>
    </message>
    <message>
        <source>No</source>
        <translation>Non</translation>
    </message>
    <message>
        <source>Only what I start by hand</source>
        <translation>Seulement ce que je lance moi-même</translation>
    </message>
    <message>
        <source>Wait for another line</source>
        <translation>Attendre une autre connexion</translation>
    </message>
    <message>
        <source>Go on as on any other</source>
        <translation>Continuer comme sur les autres</translation>
    </message>
    <message>
        <source>Show me what it changes and costs</source>
        <translation>Montrer ce qu’elle change et coûte</translation>
    </message>
    <message>
        <source>Get it by itself</source>
        <translation>L’obtenir automatiquement</translation>
    </message>
    <message>
        <source>Leave the course as it is</source>
        <translation>Laisser le cours tel quel</translation>
    </message>
    <message>
        <source>You said that this network is paid by the megabyte.</source>
        <translation>Vous avez dit que ce réseau se paie au mégaoctet.</translation>
    </message>
    <message>
        <source>You said that this network is not paid by the megabyte.</source>
        <translation>Vous avez dit que ce réseau ne se paie pas au mégaoctet.</translation>
    </message>
    <message>
        <source>Pause a video for a note</source>
        <translation>Mettre la vidéo en pause pour noter</translation>
    </message>
    <message>
        <source>Whenever there is a connection, without asking.</source>
        <translation>Dès qu’il y a une connexion, sans rien demander.</translation>
    </message>
    <message>
        <source>Window and videos</source>
        <translation>Fenêtre et vidéos</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>Claires</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>Sombres</translation>
    </message>
    <message>
        <source>Minutes a day</source>
        <translation>Minutes par jour</translation>
    </message>
    <message>
        <source>Colours</source>
        <translation>Couleurs</translation>
    </message>
    <message>
        <source>Not looked at yet</source>
        <translation>Pas encore consulté</translation>
    </message>
    <message>
        <source>Last looked at {time}</source>
        <translation>Dernière consultation&#xa0;: {time}</translation>
    </message>
    <message>
        <source>signed by a key you trust</source>
        <translation>signé par une clé de confiance</translation>
    </message>
    <message>
        <source>not signed</source>
        <translation>non signé</translation>
    </message>
    <message>
        <source>signed by a key that you allowed</source>
        <translation>signé par une clé que vous avez autorisée</translation>
    </message>
    <message>
        <source>signed by a key that was withdrawn</source>
        <translation>signé par une clé qui a été retirée</translation>
    </message>
    <message>
        <source>Everything of yours is in {folder}</source>
        <translation>Toutes vos données sont dans {folder}</translation>
    </message>
</context>
<context>
    <name>Sharing</name>
    <message>
        <source>They lend nothing that is new here.</source>
        <translation>Ils ne prêtent rien de nouveau.</translation>
    </message>
    <message>
        <source>Other computers here can then take courses from this one, without the internet, while this window is open. Nothing of what you did is lent.</source>
        <translation>Les autres ordinateurs du réseau peuvent alors prendre des cours sur celui-ci, sans Internet, tant que cette fenêtre est ouverte. Rien de ce que vous avez fait n’est prêté.</translation>
    </message>
    <message>
        <source>See what they lend</source>
        <translation>Voir ce qu’ils prêtent</translation>
    </message>
    <message>
        <source>Type this on the other computer: {address}</source>
        <translation>À saisir sur l’autre ordinateur&#xa0;: {address}</translation>
    </message>
    <message>
        <source>No network now: the address stands here once there is one.</source>
        <translation>Pas de réseau pour l’instant&#xa0;: l’adresse s’affichera ici dès qu’il y en aura un.</translation>
    </message>
    <message>
        <source>Forget this computer</source>
        <translation>Oublier cet ordinateur</translation>
    </message>
    <message>
        <source>Lend my courses in this network</source>
        <translation>Prêter mes cours sur ce réseau</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>Copier</translation>
    </message>
    <message>
        <source>Address of a computer next door</source>
        <translation>Adresse d’un ordinateur voisin</translation>
    </message>
    <message>
        <source>Add this computer</source>
        <translation>Ajouter cet ordinateur</translation>
    </message>
    <message>
        <source>None yet: type the address that the other one shows.</source>
        <translation>Aucun pour l’instant&#xa0;: saisissez l’adresse que l’autre affiche.</translation>
    </message>
    <message>
        <source>Computers next door</source>
        <translation>Ordinateurs voisins</translation>
    </message>
    <message>
        <source>Computers that lend to this one</source>
        <translation>Ordinateurs qui prêtent à celui-ci</translation>
    </message>
    <message>
        <source>Lent so far: {size}</source>
        <translation>Prêté jusqu’ici&#xa0;: {size}</translation>
    </message>
    <message>
        <source>Answered {time}</source>
        <translation>A répondu le {time}</translation>
    </message>
</context>
<context>
    <name>SignIn</name>
    <message>
        <source>Sign in</source>
        <translation>S’identifier</translation>
    </message>
    <message>
        <source>On any device, a telephone too, open {address} and type:</source>
        <translation>Sur n’importe quel appareil, un téléphone aussi, ouvrez {address} et tapez&#xa0;:</translation>
    </message>
    <message>
        <source>Nobody is signed in at the platform. Your work is saved here; it leaves once you have signed in.</source>
        <translation>Personne ne s’est identifié auprès de la plateforme. Votre travail est enregistré ici&#x202f;; il partira après votre identification.</translation>
    </message>
    <message>
        <source>Sign in on the page that opened in your browser, then come back.</source>
        <translation>Identifiez-vous sur la page qui s’est ouverte dans votre navigateur, puis revenez.</translation>
    </message>
</context>
<context>
    <name>Space</name>
    <message>
        <source>Fetch the damaged pieces again · {size}</source>
        <translation>Réparer · télécharger {size}</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Fermer</translation>
    </message>
    <message numerus="yes">
        <source>%n file(s) are damaged or gone, of {all}.</source>
        <translation>
            <numerusform>%n fichier sur {all} est abîmé ou absent.</numerusform>
            <numerusform>%n fichiers sur {all} sont abîmés ou absents.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n file(s) checked, each as it was published.</source>
        <translation>
            <numerusform>%n fichier vérifié, tel qu’il a été publié.</numerusform>
            <numerusform>%n fichiers vérifiés, tous tels qu’ils ont été publiés.</numerusform>
        </translation>
    </message>
    <message>
        <source>Tidy up</source>
        <translation>Remettre en ordre</translation>
    </message>
    <message numerus="yes">
        <source>%n file(s) are here that no download knows of.</source>
        <translation>
            <numerusform>%n fichier est ici sans être répertorié.</numerusform>
            <numerusform>%n fichiers sont ici sans être répertoriés.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n file(s) are left over, {size}, and would go.</source>
        <translation>
            <numerusform>%n fichier oublié, {size}, serait supprimé.</numerusform>
            <numerusform>%n fichiers oubliés, {size}, seraient supprimés.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>and %n more</source>
        <translation>
            <numerusform>et %n autre</numerusform>
            <numerusform>et %n autres</numerusform>
        </translation>
    </message>
    <message>
        <source>{free} free on this computer</source>
        <translation>{free} libres sur cet ordinateur</translation>
    </message>
    <message>
        <source>Drive {drive}, folder {folder}.</source>
        <translation>Disque {drive}, dossier {folder}.</translation>
    </message>
    <message>
        <source>{free} free on {drive}</source>
        <translation>{free} libres sur {drive}</translation>
    </message>
    <message>
        <source>Your courses take {taken} of {total}.</source>
        <translation>Vos cours occupent {taken} sur {total}.</translation>
    </message>
    <message>
        <source>Little is left: the next download may stop.</source>
        <translation>Il reste peu de place&#xa0;: le prochain téléchargement risque de s’arrêter.</translation>
    </message>
    <message>
        <source>What could go first stands below.</source>
        <translation>Ce qui pourrait partir d’abord est indiqué plus bas.</translation>
    </message>
    <message>
        <source>Free single weeks of a course below, or move all to another drive.</source>
        <translation>Libérez plus bas des semaines d’un cours, ou déplacez tout sur un autre disque.</translation>
    </message>
    <message>
        <source>A download is under way: it has to pause or to end first…</source>
        <translation>Un téléchargement est en cours&#xa0;: il doit d’abord se mettre en pause ou finir…</translation>
    </message>
    <message>
        <source>Mending the files…</source>
        <translation>Réparation des fichiers…</translation>
    </message>
    <message>
        <source>How full the drive is</source>
        <translation>Remplissage du disque</translation>
    </message>
    <message>
        <source>Move to another drive…</source>
        <translation>Déplacer sur un autre disque…</translation>
    </message>
    <message>
        <source>Bring back to this computer…</source>
        <translation>Ramener sur cet ordinateur…</translation>
    </message>
    <message>
        <source>Check the files</source>
        <translation>Vérifier les fichiers</translation>
    </message>
    <message>
        <source>Leave them where they are</source>
        <translation>Les laisser où ils sont</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>Arrêter</translation>
    </message>
    <message>
        <source>The courses are there already: {folder}.</source>
        <translation>Les cours y sont déjà&#xa0;: {folder}.</translation>
    </message>
    <message>
        <source>Freeing…</source>
        <translation>Libération de la place…</translation>
    </message>
    <message>
        <source>Moving the courses: {done} of {total}</source>
        <translation>Déplacement des cours&#xa0;: {done} sur {total}</translation>
    </message>
    <message>
        <source>Checking the files: {done} of {total}</source>
        <translation>Vérification des fichiers&#xa0;: {done} sur {total}</translation>
    </message>
    <message>
        <source>{size} go to {folder}, where {free} can be used.</source>
        <translation>{size} iront dans {folder}, où {free} sont disponibles.</translation>
    </message>
    <message>
        <source>There is no room in {folder}: {size} are needed, {free} can be used.</source>
        <translation>Pas assez de place dans {folder}&#xa0;: il faut {size}, {free} sont disponibles.</translation>
    </message>
    <message>
        <source>Each file is checked as it is copied. Downloads pause meanwhile.</source>
        <translation>Chaque fichier est vérifié pendant la copie. Les téléchargements attendent.</translation>
    </message>
    <message>
        <source>Move {size}</source>
        <translation>Déplacer {size}</translation>
    </message>
    <message>
        <source>Its files are given up, and courses begin anew on this computer. Your answers and your progress stay; nothing is downloaded again before you say so.</source>
        <translation>Ses fichiers sont abandonnés et les cours repartent de zéro sur cet ordinateur. Vos réponses et votre progression restent&#x202f;; rien n’est téléchargé de nouveau avant que vous ne le disiez.</translation>
    </message>
    <message>
        <source>Look for it now</source>
        <translation>Le chercher maintenant</translation>
    </message>
    <message>
        <source>It is lost…</source>
        <translation>Il est perdu…</translation>
    </message>
    <message>
        <source>Wait for the drive</source>
        <translation>Attendre le disque</translation>
    </message>
    <message>
        <source>Begin anew</source>
        <translation>Repartir de zéro</translation>
    </message>
    <message>
        <source>The drive is not plugged in</source>
        <translation>Le disque n’est pas branché</translation>
    </message>
    <message>
        <source>The drive with your courses is here again.</source>
        <translation>Le disque qui contient vos cours est de retour.</translation>
    </message>
    <message>
        <source>The courses are in {folder} now; {size} were copied and checked.</source>
        <translation>Les cours sont maintenant dans {folder}&#x202f;; {size} copiés et vérifiés.</translation>
    </message>
    <message numerus="yes">
        <source>%n file(s) are fetched again: only what is bad of them.</source>
        <translation>
            <numerusform>%n fichier est téléchargé de nouveau&#xa0;: seulement ce qui y est abîmé.</numerusform>
            <numerusform>%n fichiers sont téléchargés de nouveau&#xa0;: seulement ce qui y est abîmé.</numerusform>
        </translation>
    </message>
    <message>
        <source>Stopped. Everything is as it was before.</source>
        <translation>Arrêté. Tout est comme avant.</translation>
    </message>
    <message>
        <source>{size} came free. What you did stays.</source>
        <translation>{size} libérés. Ce que vous avez fait reste.</translation>
    </message>
    <message>
        <source>Courses begin anew on this computer. Let them go on in Downloads, one by one.</source>
        <translation>Les cours repartent de zéro sur cet ordinateur. Relancez-les un par un dans Téléchargements.</translation>
    </message>
    <message numerus="yes">
        <source>%n file(s) were damaged: download again.</source>
        <translation>
            <numerusform>%n fichier était abîmé&#xa0;: téléchargez-le de nouveau.</numerusform>
            <numerusform>%n fichiers étaient abîmés&#xa0;: téléchargez-les de nouveau.</numerusform>
        </translation>
    </message>
    <message>
        <source>The files are in order.</source>
        <translation>Les fichiers sont en ordre.</translation>
    </message>
    <message>
        <source>A drive or a folder for the files of the courses</source>
        <translation>Un disque ou un dossier pour les fichiers des cours</translation>
    </message>
    <message>
        <source>Your answers and your progress stay, whatever goes from here; a video can be downloaded again.</source>
        <translation>Vos réponses et votre progression restent, quoi que vous libériez ici&#x202f;; une vidéo peut être téléchargée de nouveau.</translation>
    </message>
    <message>
        <source>No course has files here yet, so none takes any space.</source>
        <translation>Aucun cours n’a encore de fichiers ici&#xa0;: rien n’occupe de place.</translation>
    </message>
    <message>
        <source>Looking at the disk…</source>
        <translation>Lecture du disque…</translation>
    </message>
    <message>
        <source>Disk space</source>
        <translation>Espace disque</translation>
    </message>
    <message>
        <source>{size}, of it {shared} that another course uses too</source>
        <translation>{size}, dont {shared} servent aussi à un autre cours</translation>
    </message>
    <message>
        <source>All of its files go. To follow it again it has to be downloaded again; your answers and your progress stay.</source>
        <translation>Tous ses fichiers seront supprimés. Pour le suivre de nouveau, il faudra le télécharger encore une fois&#x202f;; vos réponses et votre progression restent.</translation>
    </message>
    <message>
        <source>Done, and received by the platform</source>
        <translation>Fait, et reçu par la plateforme</translation>
    </message>
    <message>
        <source>Watched</source>
        <translation>Regardé</translation>
    </message>
    <message>
        <source>Not watched yet</source>
        <translation>Pas encore regardé</translation>
    </message>
    <message>
        <source>Files of older versions, which no course uses any more</source>
        <translation>Fichiers d’anciennes versions, dont aucun cours n’a plus besoin</translation>
    </message>
    <message>
        <source>Free all that is watched and sent · {size}</source>
        <translation>Libérer tout ce qui est regardé et envoyé · {size}</translation>
    </message>
    <message>
        <source>What you did stays on this computer.</source>
        <translation>Ce que vous avez fait reste sur cet ordinateur.</translation>
    </message>
    <message>
        <source>It is found again under any letter, and this message goes by itself.</source>
        <translation>Il est retrouvé sous n’importe quelle lettre, et ce message disparaît de lui-même.</translation>
    </message>
    <message numerus="yes">
        <source>Show %n more</source>
        <translation>
            <numerusform>En afficher %n de plus</numerusform>
            <numerusform>En afficher %n de plus</numerusform>
        </translation>
    </message>
    <message>
        <source>Keep it</source>
        <translation>Le garder</translation>
    </message>
    <message numerus="yes">
        <source>Videos of %n week(s)</source>
        <translation>
            <numerusform>Vidéos de %n semaine</numerusform>
            <numerusform>Vidéos de %n semaines</numerusform>
        </translation>
    </message>
    <message>
        <source>unfolded</source>
        <translation>déplié</translation>
    </message>
    <message>
        <source>folded</source>
        <translation>replié</translation>
    </message>
    <message>
        <source>Could go first</source>
        <translation>Pourrait partir d’abord</translation>
    </message>
    <message>
        <source>Courses</source>
        <translation>Cours</translation>
    </message>
    <message>
        <source>Remove its files · {size}</source>
        <translation>Supprimer ses fichiers · {size}</translation>
    </message>
    <message>
        <source>Free {size}</source>
        <translation>Libérer {size}</translation>
    </message>
</context>
<context>
    <name>Survey</name>
    <message>
        <source>Choose as you like. You can change later on the course&apos;s page.</source>
        <translation>Choisissez librement. Vous pourrez changer plus tard, sur la page du cours.</translation>
    </message>
    <message>
        <source>By your answers, “{path}” would suit you.</source>
        <translation>D’après vos réponses, «&#xa0;{path}&#xa0;» vous conviendrait.</translation>
    </message>
    <message>
        <source>Follow this path</source>
        <translation>Suivre ce parcours</translation>
    </message>
    <message>
        <source>Choose one or several, as you like. You can change later on the course&apos;s page.</source>
        <translation>Choisissez-en un ou plusieurs, à votre guise. Vous pourrez changer plus tard sur la page du cours.</translation>
    </message>
    <message>
        <source>Your path</source>
        <translation>Votre parcours</translation>
    </message>
    <message>
        <source>Follow these paths</source>
        <translation>Suivre ces parcours</translation>
    </message>
    <message numerus="yes">
        <source>%n answer(s)</source>
        <translation>
            <numerusform>%n réponse</numerusform>
            <numerusform>%n réponses</numerusform>
        </translation>
    </message>
    <message>
        <source>The result comes back with the news of a later connection or stick, once enough people have answered.</source>
        <translation>Le résultat arrivera avec les messages d’une prochaine connexion ou d’une clé USB, dès qu’assez de personnes auront répondu.</translation>
    </message>
    <message>
        <source>What the class answered</source>
        <translation>Ce que la classe a répondu</translation>
    </message>
    <message>
        <source>{choice}: {count} ({share})</source>
        <translation>{choice}&#xa0;: {count} ({share})</translation>
    </message>
    <message>
        <source>{choice} · your answer</source>
        <translation>{choice} · votre réponse</translation>
    </message>
    <message>
        <source>The Delete key takes the answer back.</source>
        <translation>La touche Suppr retire la réponse.</translation>
    </message>
    <message>
        <source>Take back</source>
        <translation>Retirer</translation>
    </message>
    <message>
        <source>The platform will know that these answers are yours.</source>
        <translation>La plateforme saura que ces réponses sont les vôtres.</translation>
    </message>
    <message>
        <source>Anonymous: your answers leave without your name, apart from your other work. Only where very few people answer, or where somebody watches this computer&apos;s connection, could it be guessed that they are yours.</source>
        <translation>Anonyme&#xa0;: vos réponses partent sans votre nom, à part du reste de votre travail. On ne pourrait deviner qu’elles sont les vôtres que si très peu de personnes répondent, ou si quelqu’un surveille la connexion de cet ordinateur.</translation>
    </message>
    <message>
        <source>One answer cannot be read.</source>
        <translation>Une réponse est illisible.</translation>
    </message>
    <message>
        <source>Nothing here is right or wrong. Skip what you like, except where an answer is asked for. What you fill in is kept on this computer until you send it.</source>
        <translation>Ici, rien n’est juste ni faux. Passez ce que vous voulez, sauf là où une réponse est demandée. Ce que vous remplissez est gardé sur cet ordinateur jusqu’à l’envoi.</translation>
    </message>
    <message numerus="yes">
        <source>%n question(s) still need an answer.</source>
        <translation>
            <numerusform>%n question attend encore une réponse.</numerusform>
            <numerusform>%n questions attendent encore une réponse.</numerusform>
        </translation>
    </message>
    <message>
        <source>Send</source>
        <translation>Envoyer</translation>
    </message>
    <message>
        <source>Next page</source>
        <translation>Page suivante</translation>
    </message>
    <message>
        <source>It is sent once; then answers cannot be changed.</source>
        <translation>L’envoi se fait une seule fois&#x202f;; ensuite, les réponses ne changent plus.</translation>
    </message>
    <message>
        <source>Answered</source>
        <translation>Répondu</translation>
    </message>
    <message>
        <source>Question {n}</source>
        <translation>Question {n}</translation>
    </message>
    <message>
        <source>{done} of {all} answered</source>
        <translation>Réponses&#xa0;: {done} sur {all}</translation>
    </message>
    <message>
        <source>an answer is asked for</source>
        <translation>une réponse est demandée</translation>
    </message>
    <message>
        <source>They leave later, by the network or on a stick, apart from your other work and without your name. Only this computer shows that they are yours.</source>
        <translation>Elles partiront plus tard, par le réseau ou sur une clé USB, à part du reste de votre travail et sans votre nom. Seul cet ordinateur montre qu’elles sont les vôtres.</translation>
    </message>
    <message>
        <source>Thank you. Your answers are recorded.</source>
        <translation>Merci. Vos réponses sont enregistrées.</translation>
    </message>
    <message>
        <source>How far they are stands under “My work”.</source>
        <translation>«&#xa0;Mon travail&#xa0;» montre où elles en sont.</translation>
    </message>
    <message>
        <source>The platform has received them, without your name.</source>
        <translation>La plateforme les a reçues, sans votre nom.</translation>
    </message>
    <message>
        <source>You have sent this.</source>
        <translation>Vous l’avez déjà envoyé.</translation>
    </message>
    <message>
        <source>You follow “{path}”.</source>
        <translation>Vous suivez «&#xa0;{path}&#xa0;».</translation>
    </message>
</context>
<context>
    <name>Units</name>
    <message>
        <source>{n} B</source>
        <translation>{n}&#xa0;o</translation>
    </message>
    <message>
        <source>{n} kB</source>
        <translation>{n}&#xa0;ko</translation>
    </message>
    <message>
        <source>{n} MB</source>
        <translation>{n}&#xa0;Mo</translation>
    </message>
    <message>
        <source>{n} kbit/s</source>
        <translation>{n}&#xa0;kbit/s</translation>
    </message>
    <message>
        <source>{n} GB</source>
        <translation>{n}&#xa0;Go</translation>
    </message>
    <message>
        <source>{part} of {whole}</source>
        <translation>{part} sur {whole}</translation>
    </message>
    <message>
        <source>{n} min</source>
        <translation>{n}&#xa0;min</translation>
    </message>
    <message>
        <source>{h} h {m}</source>
        <translation>{h}&#xa0;h&#xa0;{m}</translation>
    </message>
    <message>
        <source>{n}%</source>
        <translation>{n}&#xa0;%</translation>
    </message>
</context>
<context>
    <name>Upload</name>
    <message>
        <source>Make it smaller: {small} instead of {large}</source>
        <translation>Réduire&#xa0;: {small} au lieu de {large}</translation>
    </message>
    <message>
        <source>Take the large one again</source>
        <translation>Reprendre l’image d’origine</translation>
    </message>
    <message>
        <source>Replace…</source>
        <translation>Remplacer…</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>Retirer</translation>
    </message>
    <message>
        <source>{size}: too large, so far it is not handed in.</source>
        <translation>{size}&#xa0;: trop gros, il n’est pas remis pour l’instant.</translation>
    </message>
    <message>
        <source>It lies on the computer where it was chosen.</source>
        <translation>Il est sur l’ordinateur où il a été choisi.</translation>
    </message>
    <message>
        <source>{small}, made smaller from {large}</source>
        <translation>{small}, réduit de {large}</translation>
    </message>
    <message>
        <source>A file to hand in</source>
        <translation>Un fichier à remettre</translation>
    </message>
    <message>
        <source>Choose a file…</source>
        <translation>Choisir un fichier…</translation>
    </message>
    <message>
        <source>Copying…</source>
        <translation>Copie…</translation>
    </message>
    <message>
        <source>No more files can be added: remove one first.</source>
        <translation>On ne peut plus ajouter de fichier&#xa0;: retirez-en d’abord un.</translation>
    </message>
    <message>
        <source>“{name}” is here already.</source>
        <translation>«&#xa0;{name}&#xa0;» est déjà là.</translation>
    </message>
    <message numerus="yes">
        <source>At most %n file(s)</source>
        <translation>
            <numerusform>%n fichier au plus</numerusform>
            <numerusform>%n fichiers au plus</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n file(s): {size} will be sent with the next sync.</source>
        <translation>
            <numerusform>%n fichier&#xa0;: {size} partiront au prochain envoi.</numerusform>
            <numerusform>%n fichiers&#xa0;: {size} partiront au prochain envoi.</numerusform>
        </translation>
    </message>
    <message>
        <source>pictures</source>
        <translation>images</translation>
    </message>
    <message>
        <source>text</source>
        <translation>texte</translation>
    </message>
    <message numerus="yes">
        <source>%n file(s), {size}. This platform takes files by stick alone: see “Carry on a stick” in My work. What you write still goes over the network.</source>
        <translation>
            <numerusform>%n fichier, {size}. Cette plateforme ne reçoit les fichiers que par clé USB&#xa0;: voyez «&#xa0;Emporter sur une clé USB&#xa0;» dans Mon travail. Ce que vous écrivez part quand même par le réseau.</numerusform>
            <numerusform>%n fichiers, {size}. Cette plateforme ne reçoit les fichiers que par clé USB&#xa0;: voyez «&#xa0;Emporter sur une clé USB&#xa0;» dans Mon travail. Ce que vous écrivez part quand même par le réseau.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n file(s), {size}, stay on this computer until it belongs to a platform.</source>
        <translation>
            <numerusform>%n fichier, {size}, reste sur cet ordinateur tant qu’il n’appartient à aucune plateforme.</numerusform>
            <numerusform>%n fichiers, {size}, restent sur cet ordinateur tant qu’il n’appartient à aucune plateforme.</numerusform>
        </translation>
    </message>
    <message>
        <source>{size} each</source>
        <translation>{size} chacun</translation>
    </message>
</context>
<context>
    <name>VideoKeys</name>
    <message>
        <source>Play and pause</source>
        <translation>Lecture et pause</translation>
    </message>
    <message>
        <source>Ten seconds back and on</source>
        <translation>Reculer et avancer de dix secondes</translation>
    </message>
    <message>
        <source>Five seconds back and on</source>
        <translation>Reculer et avancer de cinq secondes</translation>
    </message>
    <message>
        <source>One picture back and on, in a pause</source>
        <translation>Image précédente et suivante, en pause</translation>
    </message>
    <message>
        <source>To a tenth of the video</source>
        <translation>Aller à un dixième de la vidéo</translation>
    </message>
    <message>
        <source>To its beginning and end</source>
        <translation>Aller au début et à la fin</translation>
    </message>
    <message>
        <source>Chapter before and after</source>
        <translation>Chapitre précédent et suivant</translation>
    </message>
    <message>
        <source>Slide before and after</source>
        <translation>Diapositive précédente et suivante</translation>
    </message>
    <message>
        <source>Louder and softer</source>
        <translation>Plus fort et moins fort</translation>
    </message>
    <message>
        <source>Sound off and on</source>
        <translation>Couper et remettre le son</translation>
    </message>
    <message>
        <source>Slower and faster</source>
        <translation>Moins vite et plus vite</translation>
    </message>
    <message>
        <source>Captions on and off</source>
        <translation>Afficher et masquer les sous-titres</translation>
    </message>
    <message>
        <source>Search what is said</source>
        <translation>Chercher dans ce qui est dit</translation>
    </message>
    <message>
        <source>Take a note</source>
        <translation>Prendre une note</translation>
    </message>
    <message>
        <source>Mark this moment, or take the mark away</source>
        <translation>Marquer ce moment, ou enlever la marque</translation>
    </message>
    <message>
        <source>Full screen, and back</source>
        <translation>Plein écran, et retour</translation>
    </message>
    <message>
        <source>This list</source>
        <translation>Cette liste</translation>
    </message>
</context>
<context>
    <name>VideoView</name>
    <message>
        <source>Position: {time} of {length}</source>
        <translation>Position&#xa0;: {time} sur {length}</translation>
    </message>
    <message>
        <source>Transcript</source>
        <translation>Transcription</translation>
    </message>
    <message>
        <source>Play</source>
        <translation>Lecture</translation>
    </message>
    <message>
        <source>Mute</source>
        <translation>Couper le son</translation>
    </message>
    <message>
        <source>Speed</source>
        <translation>Vitesse</translation>
    </message>
    <message>
        <source>Captions</source>
        <translation>Sous-titres</translation>
    </message>
    <message>
        <source>Next (Enter):</source>
        <translation>Ensuite (Entrée)&#xa0;:</translation>
    </message>
    <message>
        <source>Continue</source>
        <translation>Continuer</translation>
    </message>
    <message>
        <source>Watch again</source>
        <translation>Revoir</translation>
    </message>
    <message>
        <source>That was the last activity of this course.</source>
        <translation>C’était la dernière activité de ce cours.</translation>
    </message>
    <message>
        <source>Keyboard shortcuts</source>
        <translation>Raccourcis clavier</translation>
    </message>
    <message>
        <source>The slides wait for you.</source>
        <translation>Les diapositives vous attendent.</translation>
    </message>
    <message>
        <source>Turn with the video</source>
        <translation>Suivre la vidéo</translation>
    </message>
    <message>
        <source>Search what is said</source>
        <translation>Chercher dans ce qui est dit</translation>
    </message>
    <message>
        <source>Previous match</source>
        <translation>Résultat précédent</translation>
    </message>
    <message>
        <source>Next match</source>
        <translation>Résultat suivant</translation>
    </message>
    <message>
        <source>Follow the speech</source>
        <translation>Suivre la parole</translation>
    </message>
    <message>
        <source>{n} of {count}</source>
        <translation>{n} sur {count}</translation>
    </message>
    <message>
        <source>nothing found</source>
        <translation>rien trouvé</translation>
    </message>
    <message>
        <source>Chapters</source>
        <translation>Chapitres</translation>
    </message>
    <message>
        <source>Picture quality</source>
        <translation>Qualité de l’image</translation>
    </message>
    <message>
        <source>More</source>
        <translation>Plus</translation>
    </message>
    <message>
        <source>Full screen</source>
        <translation>Plein écran</translation>
    </message>
    <message>
        <source>Forward 10 seconds</source>
        <translation>Avancer de 10&#xa0;secondes</translation>
    </message>
    <message>
        <source>The file of this video stops here, before the end.</source>
        <translation>Le fichier de cette vidéo s’arrête ici, avant la fin.</translation>
    </message>
    <message>
        <source>Dark, the picture shows through</source>
        <translation>Sombre, l’image transparaît</translation>
    </message>
    <message>
        <source>Black</source>
        <translation>Noir</translation>
    </message>
    <message>
        <source>None, letters with an edge</source>
        <translation>Aucun, lettres à contour</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>Pause</translation>
    </message>
    <message>
        <source>Sound on</source>
        <translation>Rétablir le son</translation>
    </message>
    <message>
        <source>No captions</source>
        <translation>Sans sous-titres</translation>
    </message>
    <message>
        <source>Volume</source>
        <translation>Volume</translation>
    </message>
    <message>
        <source>Back 10 seconds</source>
        <translation>Reculer de 10&#xa0;secondes</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>Taille</translation>
    </message>
    <message>
        <source>Background</source>
        <translation>Fond</translation>
    </message>
    <message>
        <source>Beside the video</source>
        <translation>À côté de la vidéo</translation>
    </message>
    <message>
        <source>Slides</source>
        <translation>Diapositives</translation>
    </message>
    <message>
        <source>Resumed at {time}</source>
        <translation>Reprise à {time}</translation>
    </message>
    <message>
        <source>From the start</source>
        <translation>Depuis le début</translation>
    </message>
    <message>
        <source>The picture cannot be shown: {reason}. The sound plays on.</source>
        <translation>L’image ne peut pas être affichée&#xa0;: {reason}. Le son continue.</translation>
    </message>
    <message>
        <source>Sound only</source>
        <translation>Son seul</translation>
    </message>
    <message>
        <source>Better pictures can be downloaded with the course</source>
        <translation>Une meilleure image peut être téléchargée avec le cours</translation>
    </message>
</context>
<context>
    <name>Window</name>
    <message>
        <source>Library</source>
        <translation>Bibliothèque</translation>
    </message>
    <message>
        <source>Downloads</source>
        <translation>Téléchargements</translation>
    </message>
    <message>
        <source>My work</source>
        <translation>Mon travail</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>Réglages</translation>
    </message>
    <message>
        <source>Something unexpected happened. Your work is saved; the details are in the log.</source>
        <translation>Un problème inattendu est survenu. Votre travail est enregistré&#x202f;; les détails sont dans le journal.</translation>
    </message>
    <message>
        <source>Trust this key</source>
        <translation>Faire confiance à cette clé</translation>
    </message>
    <message>
        <source>No place to look in yet. Add an address or a folder in the settings.</source>
        <translation>Aucun dépôt de cours pour l’instant. Ajoutez une adresse ou un dossier dans les réglages.</translation>
    </message>
    <message numerus="yes">
        <source>%n course(s) on offer.</source>
        <translation>
            <numerusform>%n cours proposé.</numerusform>
            <numerusform>%n cours proposés.</numerusform>
        </translation>
    </message>
    <message>
        <source>Paused. What has come so far is kept.</source>
        <translation>En pause. Ce qui est déjà arrivé est conservé.</translation>
    </message>
    <message>
        <source>Everything you asked for is here ({size} fetched).</source>
        <translation>Tout ce que vous avez demandé est là ({size} téléchargés).</translation>
    </message>
    <message numerus="yes">
        <source>Files: {n} of %n piece(s) sent</source>
        <translation>
            <numerusform>Fichiers&#xa0;: {n} sur %n morceau envoyé</numerusform>
            <numerusform>Fichiers&#xa0;: {n} sur %n morceaux envoyés</numerusform>
        </translation>
    </message>
    <message>
        <source>Downloading: {size} to come</source>
        <translation>Téléchargement&#xa0;: reste {size}</translation>
    </message>
    <message>
        <source>“{title}” is version {number} now. What you did was kept.</source>
        <translation>«&#xa0;{title}&#xa0;» est maintenant en version {number}. Ce que vous avez fait est conservé.</translation>
    </message>
    <message>
        <source>Is this line paid by the megabyte?</source>
        <translation>Cette connexion se paie-t-elle au mégaoctet&#x202f;?</translation>
    </message>
    <message>
        <source>Looking for what you did on your other computers…</source>
        <translation>Recherche de ce que vous avez fait sur vos autres ordinateurs…</translation>
    </message>
    <message>
        <source>Waiting for the connection: {size} to come</source>
        <translation>En attente de connexion&#xa0;: reste {size}</translation>
    </message>
    <message>
        <source>Disk space</source>
        <translation>Espace disque</translation>
    </message>
    <message numerus="yes">
        <source>%n act(s) received by the platform.</source>
        <translation>
            <numerusform>%n action reçue par la plateforme.</numerusform>
            <numerusform>%n actions reçues par la plateforme.</numerusform>
        </translation>
    </message>
    <message>
        <source>No new messages.</source>
        <translation>Aucun nouveau message.</translation>
    </message>
    <message>
        <source>The files that you handed in are there.</source>
        <translation>Les fichiers que vous avez remis sont arrivés.</translation>
    </message>
    <message numerus="yes">
        <source>%n act(s) from your other computers came.</source>
        <translation>
            <numerusform>%n action de vos autres ordinateurs est arrivée.</numerusform>
            <numerusform>%n actions de vos autres ordinateurs sont arrivées.</numerusform>
        </translation>
    </message>
    <message>
        <source>All you did elsewhere is here already.</source>
        <translation>Tout ce que vous avez fait ailleurs est déjà ici.</translation>
    </message>
    <message numerus="yes">
        <source>%n new message(s) came.</source>
        <translation>
            <numerusform>%n nouveau message est arrivé.</numerusform>
            <numerusform>%n nouveaux messages sont arrivés.</numerusform>
        </translation>
    </message>
    <message>
        <source>Free some space</source>
        <translation>Libérer de la place</translation>
    </message>
    <message>
        <source>No connection. What is here works without one.</source>
        <translation>Pas de connexion. Ce qui est ici fonctionne sans.</translation>
    </message>
    <message numerus="yes">
        <source>%n act(s) refused: see My work</source>
        <translation>
            <numerusform>%n action refusée&#xa0;: voir Mon travail</numerusform>
            <numerusform>%n actions refusées&#xa0;: voir Mon travail</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n act(s) saved, to be sent</source>
        <translation>
            <numerusform>%n action enregistrée, à envoyer</numerusform>
            <numerusform>%n actions enregistrées, à envoyer</numerusform>
        </translation>
    </message>
    <message>
        <source>All your work is received</source>
        <translation>Tout votre travail a été reçu</translation>
    </message>
</context>
<context>
    <name>Work</name>
    <message>
        <source>When</source>
        <translation>Quand</translation>
    </message>
    <message>
        <source>What</source>
        <translation>Quoi</translation>
    </message>
    <message>
        <source>Where</source>
        <translation>Où</translation>
    </message>
    <message>
        <source>Result</source>
        <translation>Résultat</translation>
    </message>
    <message>
        <source>State</source>
        <translation>État</translation>
    </message>
    <message>
        <source>Began the course</source>
        <translation>Début du cours</translation>
    </message>
    <message>
        <source>Downloaded</source>
        <translation>Téléchargement</translation>
    </message>
    <message>
        <source>Opened</source>
        <translation>Ouverture</translation>
    </message>
    <message>
        <source>Followed a link</source>
        <translation>Lien suivi</translation>
    </message>
    <message>
        <source>Played</source>
        <translation>Lecture</translation>
    </message>
    <message>
        <source>Paused</source>
        <translation>Pause</translation>
    </message>
    <message>
        <source>Jumped</source>
        <translation>Saut</translation>
    </message>
    <message>
        <source>Watched</source>
        <translation>Visionnage</translation>
    </message>
    <message>
        <source>Closed</source>
        <translation>Fermeture</translation>
    </message>
    <message>
        <source>Completed</source>
        <translation>Activité terminée</translation>
    </message>
    <message>
        <source>Began</source>
        <translation>Début d’une tentative</translation>
    </message>
    <message>
        <source>Answered</source>
        <translation>Réponse</translation>
    </message>
    <message>
        <source>Finished</source>
        <translation>Fin d’une tentative</translation>
    </message>
    <message>
        <source>Saw that a section is open</source>
        <translation>A vu une section ouverte</translation>
    </message>
    <message>
        <source>Right</source>
        <translation>Juste</translation>
    </message>
    <message>
        <source>Saved</source>
        <translation>Enregistré</translation>
    </message>
    <message>
        <source>Kept here</source>
        <translation>Gardé ici</translation>
    </message>
    <message>
        <source>Packed</source>
        <translation>Préparé</translation>
    </message>
    <message>
        <source>Sent</source>
        <translation>Envoyé</translation>
    </message>
    <message>
        <source>Received</source>
        <translation>Reçu</translation>
    </message>
    <message>
        <source>Marked</source>
        <translation>Noté</translation>
    </message>
    <message>
        <source>Looking…</source>
        <translation>Recherche…</translation>
    </message>
    <message numerus="yes">
        <source>%n file(s) that you handed in go with them.</source>
        <translation>
            <numerusform>%n fichier que vous avez remis part avec elles.</numerusform>
            <numerusform>%n fichiers que vous avez remis partent avec elles.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n piece(s) of files arrived.</source>
        <translation>
            <numerusform>%n morceau de fichier est arrivé.</numerusform>
            <numerusform>%n morceaux de fichiers sont arrivés.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n message(s) came: see Messages.</source>
        <translation>
            <numerusform>%n message est arrivé&#xa0;: voyez Messages.</numerusform>
            <numerusform>%n messages sont arrivés&#xa0;: voyez Messages.</numerusform>
        </translation>
    </message>
    <message>
        <source>Type this code at the first start of Cartable on another computer: what you do there and here comes together, wherever there is a connection. It is like a key: whoever has it can work in your name, so show it to nobody.</source>
        <translation>Tapez ce code au premier démarrage de Cartable sur un autre ordinateur&#xa0;: ce que vous faites là-bas et ici se rejoint, dès qu’il y a une connexion. Il est comme une clé&#xa0;: toute personne qui l’a peut travailler en votre nom&#x202f;; ne le montrez à personne.</translation>
    </message>
    <message>
        <source>My work on another computer</source>
        <translation>Mon travail sur un autre ordinateur</translation>
    </message>
    <message>
        <source>Look for what I did elsewhere</source>
        <translation>Chercher ce que j’ai fait ailleurs</translation>
    </message>
    <message>
        <source>Copy the code</source>
        <translation>Copier le code</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Fermer</translation>
    </message>
    <message>
        <source>The code is copied.</source>
        <translation>Le code est copié.</translation>
    </message>
    <message>
        <source>My code: {code}</source>
        <translation>Mon code&#xa0;: {code}</translation>
    </message>
    <message>
        <source>Marked on {time}: {worth}</source>
        <translation>Noté le {time}&#xa0;: {worth}</translation>
    </message>
    <message>
        <source>Passed</source>
        <translation>Réussi</translation>
    </message>
    <message>
        <source>Not passed</source>
        <translation>Non réussi</translation>
    </message>
    <message>
        <source>Marked by {name} on {time}: {worth}</source>
        <translation>Noté par {name} le {time}&#xa0;: {worth}</translation>
    </message>
    <message>
        <source>Can get messages here</source>
        <translation>Peut recevoir des messages ici</translation>
    </message>
    <message>
        <source>Asked for a hint</source>
        <translation>A demandé un indice</translation>
    </message>
    <message>
        <source>Revised</source>
        <translation>Révisé</translation>
    </message>
    <message>
        <source>Put into the revision</source>
        <translation>Ajouté à la révision</translation>
    </message>
    <message>
        <source>Taken out of the revision</source>
        <translation>Retiré de la révision</translation>
    </message>
    <message>
        <source>Chose a path</source>
        <translation>A choisi un parcours</translation>
    </message>
    <message>
        <source>Wrote a note</source>
        <translation>Note écrite</translation>
    </message>
    <message>
        <source>Bookmarked</source>
        <translation>Marque-page posé</translation>
    </message>
    <message>
        <source>Kept a link for later</source>
        <translation>Lien gardé pour plus tard</translation>
    </message>
    <message>
        <source>Planned the week</source>
        <translation>Semaine planifiée</translation>
    </message>
    <message>
        <source>Chose a language</source>
        <translation>Langue choisie</translation>
    </message>
    <message>
        <source>Answered without a name</source>
        <translation>A répondu sans son nom</translation>
    </message>
    <message>
        <source>Asked for the attestation</source>
        <translation>A demandé l’attestation</translation>
    </message>
    <message>
        <source>Refused</source>
        <translation>Refusé</translation>
    </message>
    <message>
        <source>{points} of {out_of}</source>
        <translation>{points} sur {out_of}</translation>
    </message>
    <message>
        <source>My work</source>
        <translation>Mon travail</translation>
    </message>
    <message>
        <source>Send now</source>
        <translation>Envoyer maintenant</translation>
    </message>
    <message>
        <source>Carry on a stick…</source>
        <translation>Emporter sur une clé USB…</translation>
    </message>
    <message>
        <source>More</source>
        <translation>Plus</translation>
    </message>
    <message>
        <source>My code for another computer…</source>
        <translation>Mon code pour un autre ordinateur…</translation>
    </message>
    <message>
        <source>Bring my work from another computer…</source>
        <translation>Reprendre mon travail d’un autre ordinateur…</translation>
    </message>
    <message>
        <source>What is not received yet</source>
        <translation>Ce qui n’est pas encore reçu</translation>
    </message>
    <message>
        <source>What is packed, to be carried</source>
        <translation>Ce qui est préparé, à emporter</translation>
    </message>
    <message>
        <source>What is marked</source>
        <translation>Ce qui est noté</translation>
    </message>
    <message>
        <source>Saved here, still to send</source>
        <translation>Enregistré ici, à envoyer</translation>
    </message>
    <message>
        <source>Packed, to be carried</source>
        <translation>Préparé, à emporter</translation>
    </message>
    <message>
        <source>Sent, no receipt yet</source>
        <translation>Envoyé, pas encore confirmé</translation>
    </message>
    <message>
        <source>Received by the platform</source>
        <translation>Reçu par la plateforme</translation>
    </message>
    <message>
        <source>Marked by the platform</source>
        <translation>Noté par la plateforme</translation>
    </message>
    <message>
        <source>Refused, kept here</source>
        <translation>Refusé, gardé ici</translation>
    </message>
    <message>
        <source>Nothing is packed.</source>
        <translation>Rien n’est préparé.</translation>
    </message>
    <message>
        <source>Nothing is marked yet.</source>
        <translation>Rien n’est encore noté.</translation>
    </message>
    <message>
        <source>Nothing is left to send.</source>
        <translation>Il ne reste rien à envoyer.</translation>
    </message>
    <message numerus="yes">
        <source>%n act(s)</source>
        <translation>
            <numerusform>%n action</numerusform>
            <numerusform>%n actions</numerusform>
        </translation>
    </message>
    <message>
        <source>The work of {name}</source>
        <translation>Le travail de {name}</translation>
    </message>
    <message>
        <source>Where to save it</source>
        <translation>Où l’enregistrer</translation>
    </message>
    <message>
        <source>Print what is shown…</source>
        <translation>Imprimer ce qui est affiché…</translation>
    </message>
    <message>
        <source>Save as PDF…</source>
        <translation>Enregistrer en PDF…</translation>
    </message>
    <message>
        <source>Save as a table (CSV)…</source>
        <translation>Enregistrer en tableau (CSV)…</translation>
    </message>
    <message>
        <source>Save for other programs (JSON)…</source>
        <translation>Enregistrer pour d’autres programmes (JSON)…</translation>
    </message>
    <message>
        <source>Saved as {name}.</source>
        <translation>Enregistré sous {name}.</translation>
    </message>
    <message>
        <source>Show</source>
        <translation>Afficher</translation>
    </message>
    <message>
        <source>The stick, or a folder on it</source>
        <translation>La clé USB, ou un de ses dossiers</translation>
    </message>
    <message numerus="yes">
        <source>%n act(s) that nobody has received yet</source>
        <translation>
            <numerusform>%n action que personne n’a encore reçue</numerusform>
            <numerusform>%n actions que personne n’a encore reçues</numerusform>
        </translation>
    </message>
    <message>
        <source>{acts}, {size}, will be written to {folder}, sealed for {name}: nobody else can read them, not even whoever carries the stick. They stay here until a receipt is back.</source>
        <translation>{acts}, soit {size}, vont être écrites dans {folder}, scellées pour {name}&#xa0;: personne d’autre ne peut les lire, pas même la personne qui porte la clé USB. Elles restent ici jusqu’au retour d’un accusé de réception.</translation>
    </message>
    <message>
        <source>All you did here, and how far it is, will be written to the stick. Whoever knows the passphrase can read it; without it nobody can, and nobody can find it out for you.</source>
        <translation>Tout ce que vous avez fait ici, et où cela en est, va être écrit sur la clé USB. Toute personne qui connaît la phrase secrète peut le lire&#x202f;; sans elle, personne ne le peut, et personne ne peut la retrouver pour vous.</translation>
    </message>
    <message numerus="yes">
        <source>%n file(s) written. Remove the stick as your system asks for.</source>
        <translation>
            <numerusform>%n fichier écrit. Retirez la clé USB comme votre système le demande.</numerusform>
            <numerusform>%n fichiers écrits. Retirez la clé USB comme votre système le demande.</numerusform>
        </translation>
    </message>
    <message>
        <source>The file that the other computer wrote</source>
        <translation>Le fichier écrit par l’autre ordinateur</translation>
    </message>
    <message numerus="yes">
        <source>%n act(s) of {name} are new on this computer.</source>
        <translation>
            <numerusform>%n action de {name} est nouvelle sur cet ordinateur.</numerusform>
            <numerusform>%n actions de {name} sont nouvelles sur cet ordinateur.</numerusform>
        </translation>
    </message>
    <message>
        <source>Carry my work on a stick</source>
        <translation>Emporter mon travail sur une clé USB</translation>
    </message>
    <message>
        <source>Write onto the stick</source>
        <translation>Écrire sur la clé USB</translation>
    </message>
    <message>
        <source>Not now</source>
        <translation>Pas maintenant</translation>
    </message>
    <message>
        <source>For my platform</source>
        <translation>Pour ma plateforme</translation>
    </message>
    <message>
        <source>For another computer of mine</source>
        <translation>Pour un autre de mes ordinateurs</translation>
    </message>
    <message>
        <source>For whom</source>
        <translation>Pour qui</translation>
    </message>
    <message>
        <source>A passphrase, 8 letters or more</source>
        <translation>Une phrase secrète, 8&#xa0;caractères ou plus</translation>
    </message>
    <message>
        <source>The same once more</source>
        <translation>La même encore une fois</translation>
    </message>
    <message>
        <source>Bring my work from another computer</source>
        <translation>Reprendre mon travail d’un autre ordinateur</translation>
    </message>
    <message>
        <source>Its passphrase</source>
        <translation>Sa phrase secrète</translation>
    </message>
    <message>
        <source>Take it in</source>
        <translation>Reprendre</translation>
    </message>
    <message numerus="yes">
        <source>%n act(s) received by the platform.</source>
        <translation>
            <numerusform>%n action reçue par la plateforme.</numerusform>
            <numerusform>%n actions reçues par la plateforme.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n act(s) refused: see why below.</source>
        <translation>
            <numerusform>%n action refusée&#xa0;: voir pourquoi ci-dessous.</numerusform>
            <numerusform>%n actions refusées&#xa0;: voir pourquoi ci-dessous.</numerusform>
        </translation>
    </message>
    <message>
        <source>The receipts on it say nothing new.</source>
        <translation>Les accusés de réception qui s’y trouvent ne disent rien de nouveau.</translation>
    </message>
    <message>
        <source>Open it here again when it is back: its receipts say what arrived.</source>
        <translation>Ouvrez-la ici à son retour&#xa0;: ses accusés de réception disent ce qui est arrivé.</translation>
    </message>
    <message numerus="yes">
        <source>files: {n} of %n piece(s) sent</source>
        <translation>
            <numerusform>fichiers&#xa0;: {n} sur %n morceau envoyé</numerusform>
            <numerusform>fichiers&#xa0;: {n} sur %n morceaux envoyés</numerusform>
        </translation>
    </message>
    <message>
        <source>Answers and results</source>
        <translation>Réponses et résultats</translation>
    </message>
    <message>
        <source>Everything</source>
        <translation>Tout</translation>
    </message>
    <message>
        <source>Only what was refused</source>
        <translation>Seulement ce qui a été refusé</translation>
    </message>
    <message>
        <source>Send it again</source>
        <translation>Renvoyer</translation>
    </message>
    <message>
        <source>Nothing is left to carry.</source>
        <translation>Il ne reste rien à emporter.</translation>
    </message>
    <message>
        <source>Sending…</source>
        <translation>Envoi…</translation>
    </message>
    <message>
        <source>Nothing was refused.</source>
        <translation>Rien n’a été refusé.</translation>
    </message>
    <message>
        <source>Nothing yet. What you answer and finish will stand here.</source>
        <translation>Rien pour l’instant. Vos réponses et ce que vous terminez apparaîtront ici.</translation>
    </message>
</context>
<context>
    <name>errors</name>
    <message>
        <source>A file of the course</source>
        <translation>Un fichier du cours</translation>
    </message>
    <message>
        <source>it may not be opened</source>
        <translation>son ouverture n’est pas permise</translation>
    </message>
    <message>
        <source>it is a folder</source>
        <translation>c’est un dossier</translation>
    </message>
    <message>
        <source>it cannot be read</source>
        <translation>la lecture échoue</translation>
    </message>
    <message>
        <source>another program uses it</source>
        <translation>un autre programme l’utilise</translation>
    </message>
    <message>
        <source>Something went wrong: {reason}. Nothing was lost.</source>
        <translation>Un problème est survenu&#xa0;: {reason}. Rien n’est perdu.</translation>
    </message>
    <message>
        <source>No connection to {place}. What is on this computer stays usable; it will be tried again.</source>
        <translation>Pas de connexion à {place}. Ce qui est sur cet ordinateur reste utilisable&#x202f;; un nouvel essai aura lieu plus tard.</translation>
    </message>
    <message>
        <source>Another page answered in place of {place}, perhaps the login page of this network. Nothing of it was kept. Open a web browser, log in to the network, and try again.</source>
        <translation>Une autre page a répondu à la place de {place}, peut-être la page de connexion de ce réseau. Rien n’en a été gardé. Ouvrez un navigateur, identifiez-vous sur le réseau, puis réessayez.</translation>
    </message>
    <message>
        <source>There is no safe connection to {place}: its certificate is not valid on {date}, the date of this computer. If that date is wrong, set the clock and try again. What is on this computer stays usable, and a stick or the computer next door can still bring courses.</source>
        <translation>Pas de connexion sûre avec {place}&#xa0;: son certificat n’est pas valable le {date}, la date de cet ordinateur. Si cette date est fausse, réglez l’horloge et réessayez. Ce qui est sur cet ordinateur reste utilisable, et une clé USB ou l’ordinateur voisin peut encore apporter des cours.</translation>
    </message>
    <message>
        <source>The course file {place} is damaged or only half copied. What is on this computer stays usable. Copy the file again from where it came.</source>
        <translation>Le fichier de cours {place} est abîmé ou copié à moitié. Ce qui est sur cet ordinateur reste utilisable. Copiez de nouveau le fichier depuis son origine.</translation>
    </message>
    <message>
        <source>{place} is busy and asked to wait {seconds} seconds. What has come so far is kept.</source>
        <translation>{place} est occupé et demande d’attendre {seconds}&#xa0;s. Ce qui est déjà arrivé est conservé.</translation>
    </message>
    <message>
        <source>{place} answered with an error (HTTP {status}). What has come so far is kept; try again later, or tell whoever runs it.</source>
        <translation>{place} a répondu par une erreur (HTTP {status}). Ce qui est déjà arrivé est conservé&#x202f;; réessayez plus tard ou prévenez son responsable.</translation>
    </message>
    <message>
        <source>This month&apos;s {amount} MB are used up. What came is kept; it goes on by itself on {until}, or raise the budget in the settings.</source>
        <translation>Les {amount}&#xa0;Mo de ce mois sont épuisés. Ce qui est arrivé est conservé&#x202f;; la suite viendra automatiquement le {until}, ou augmentez le budget dans les réglages.</translation>
    </message>
    <message>
        <source>Today&apos;s {amount} MB are used up. What came is kept; it goes on by itself on {until}, or raise the budget in the settings.</source>
        <translation>Les {amount}&#xa0;Mo d’aujourd’hui sont épuisés. Ce qui est arrivé est conservé&#x202f;; la suite viendra automatiquement le {until}, ou augmentez le budget dans les réglages.</translation>
    </message>
    <message>
        <source>Downloads rest until {until}, as the settings say. What came is kept; it goes on by itself then, or start it now by hand.</source>
        <translation>Les téléchargements attendent jusqu’au {until}, comme le demandent les réglages. Ce qui est arrivé est conservé&#x202f;; la suite viendra alors automatiquement, ou lancez-la maintenant à la main.</translation>
    </message>
    <message>
        <source>This line is paid by the megabyte, so nothing big is fetched by itself. What came is kept; start it by hand, or change this in the settings.</source>
        <translation>Cette connexion se paie au mégaoctet&#xa0;: rien de gros n’est téléchargé automatiquement. Ce qui est arrivé est conservé&#x202f;; lancez la suite à la main, ou changez cela dans les réglages.</translation>
    </message>
    <message>
        <source>There is no course repository at {place}. Check the address or choose another folder.</source>
        <translation>Il n’y a pas de dépôt de cours à l’adresse {place}. Vérifiez l’adresse ou choisissez un autre dossier.</translation>
    </message>
    <message>
        <source>{document} cannot be read: {reason}. What was here before is kept; tell whoever publishes it.</source>
        <translation>{document} ne peut pas être lu&#xa0;: {reason}. Ce qui était déjà là est conservé&#x202f;; prévenez la personne qui le publie.</translation>
    </message>
    <message>
        <source>{document} is made for a newer Cartable (format {format}). Install the newer version to use it; everything here stays as it is.</source>
        <translation>{document} est fait pour un Cartable plus récent (format {format}). Installez la nouvelle version pour l’utiliser&#x202f;; ici, rien ne change.</translation>
    </message>
    <message>
        <source>{document} is not signed, so nobody can say who made it. It is opened only if you allow unsigned courses from this place.</source>
        <translation>{document} n’est pas signé&#xa0;: personne ne peut dire qui l’a fait. Pour l’ouvrir, il faut autoriser les cours non signés de cette origine.</translation>
    </message>
    <message>
        <source>{document} is signed by someone this computer does not know (key {key}). If you know that key is right, allow it for this place.</source>
        <translation>{document} est signé par quelqu’un que cet ordinateur ne connaît pas (clé {key}). Si vous savez que cette clé est la bonne, autorisez-la pour cette origine.</translation>
    </message>
    <message>
        <source>{document} is signed with a key that its publisher has withdrawn (key {key}), so it is not believed any more. Courses that are here stay usable; ask the publisher for a new address or a new platform file.</source>
        <translation>{document} porte la signature d’une clé que son éditeur a retirée (clé {key})&#xa0;: on ne s’y fie plus. Les cours qui sont ici restent utilisables&#x202f;; demandez à l’éditeur une nouvelle adresse ou un nouveau fichier de plateforme.</translation>
    </message>
    <message>
        <source>{document} does not match its signature: it was changed on the way, or is only half uploaded. What was here before is kept; try again later.</source>
        <translation>{document} ne correspond pas à sa signature&#xa0;: il a été modifié en route ou n’est mis en ligne qu’à moitié. Ce qui était déjà là est conservé&#x202f;; réessayez plus tard.</translation>
    </message>
    <message>
        <source>{what} arrived damaged from {place} and was not kept. It will be fetched again; if that does not help, the copy over there is bad.</source>
        <translation>{what} est arrivé abîmé de {place} et n’a pas été gardé. Un nouveau téléchargement aura lieu&#x202f;; si cela ne suffit pas, c’est que la copie d’origine est mauvaise.</translation>
    </message>
    <message>
        <source>The disk is full: {needed} are needed at {place}, {free} are free. What has come so far is kept. Free some space, then go on.</source>
        <translation>Le disque est plein&#xa0;: il faut {needed} dans {place}, il reste {free}. Ce qui est déjà arrivé est conservé. Libérez de la place, puis continuez.</translation>
    </message>
    <message>
        <source>Cartable may not write to {place}. Choose another folder or ask for permission.</source>
        <translation>Cartable n’a pas le droit d’écrire dans {place}. Choisissez un autre dossier ou demandez ce droit.</translation>
    </message>
    <message>
        <source>The drive with your courses is not plugged in ({place}). Your work is safe on this computer. Plug the drive in, and it goes on.</source>
        <translation>Le disque qui contient vos cours n’est pas branché ({place}). Votre travail est en sûreté sur cet ordinateur. Branchez le disque, et tout reprend.</translation>
    </message>
    <message>
        <source>The files of the courses are in use: another Cartable on this computer downloads, moves or mends them. Nothing was changed; try again when it has ended.</source>
        <translation>Les fichiers des cours sont occupés&#xa0;: un autre Cartable de cet ordinateur les télécharge, les déplace ou les répare. Rien n’a été changé&#x202f;; réessayez quand il aura fini.</translation>
    </message>
    <message>
        <source>{place} is damaged and was left as it is. Keep a copy: whoever helps you may save what is in it. To begin anew, move it away.</source>
        <translation>{place} est abîmé et a été laissé tel quel. Gardez-en une copie&#xa0;: la personne qui vous aide pourra peut-être en sauver le contenu. Pour repartir de zéro, déplacez-le.</translation>
    </message>
    <message>
        <source>The time is up. The exam was handed in with everything that you had answered until then.</source>
        <translation>Le temps est écoulé. L’examen a été remis avec tout ce que vous aviez répondu jusque-là.</translation>
    </message>
    <message>
        <source>This attempt was handed in elsewhere, so nothing more is taken. Open the activity again to see the result.</source>
        <translation>Cette tentative a été remise ailleurs&#xa0;: rien de plus n’est pris en compte. Rouvrez l’activité pour voir le résultat.</translation>
    </message>
    <message>
        <source>“{name}” is no file but a folder, a link or a device. It was not added; choose the file itself.</source>
        <translation>«&#xa0;{name}&#xa0;» n’est pas un fichier mais un dossier, un lien ou un périphérique. Il n’a pas été ajouté&#x202f;; choisissez le fichier lui-même.</translation>
    </message>
    <message>
        <source>“{name}” is empty, 0 bytes, and was not added. Perhaps it was not saved yet: save it in the program that made it, and choose it again.</source>
        <translation>«&#xa0;{name}&#xa0;» est vide, 0&#xa0;octet, et n’a pas été ajouté. Il n’a peut-être pas encore été enregistré&#xa0;: enregistrez-le dans le programme qui l’a fait, et choisissez-le de nouveau.</translation>
    </message>
    <message>
        <source>“{name}” was not added: what is asked for here is {types}.</source>
        <translation>«&#xa0;{name}&#xa0;» n’a pas été ajouté&#xa0;: ce qui est demandé ici est {types}.</translation>
    </message>
    <message>
        <source>“{name}” cannot be read to its end, and was not added. If it lies on a stick or a telephone, plug that in again and choose the file once more.</source>
        <translation>«&#xa0;{name}&#xa0;» ne peut pas être lu jusqu’au bout, et n’a pas été ajouté. S’il est sur une clé USB ou un téléphone, rebranchez-le et choisissez le fichier de nouveau.</translation>
    </message>
    <message>
        <source>No platform is set, so nothing can be sent. Your work is saved on this computer. Add a platform in the settings, or with `cartable join`.</source>
        <translation>Aucune plateforme n’est choisie&#xa0;: rien ne peut être envoyé. Votre travail est enregistré sur cet ordinateur. Ajoutez une plateforme dans les réglages, ou avec `cartable join`.</translation>
    </message>
    <message>
        <source>The platform refused this: {reason}. It stays saved here and can be sent again.</source>
        <translation>La plateforme l’a refusé&#xa0;: {reason}. Tout reste enregistré ici et peut être renvoyé.</translation>
    </message>
    <message>
        <source>{source} has mistakes ({count}), so nothing was published. Each is listed.</source>
        <translation>{source} contient des erreurs ({count})&#xa0;: rien n’a été publié. Chacune est indiquée.</translation>
    </message>
    <message>
        <source>a decoder for its picture is missing</source>
        <translation>il manque un décodeur pour son image</translation>
    </message>
    <message>
        <source>{place} was written by a newer Cartable. It was left untouched. Start the newer version.</source>
        <translation>{place} a été écrit par un Cartable plus récent. Rien n’y a été modifié. Lancez la nouvelle version.</translation>
    </message>
    <message>
        <source>The platform file</source>
        <translation>Le fichier de la plateforme</translation>
    </message>
    <message>
        <source>it offers no way that this program knows</source>
        <translation>aucun des moyens proposés n’est connu de ce programme</translation>
    </message>
    <message>
        <source>it was given up</source>
        <translation>elle a été abandonnée</translation>
    </message>
    <message>
        <source>The publisher document</source>
        <translation>Le document de l’éditeur</translation>
    </message>
    <message>
        <source>The catalogue</source>
        <translation>Le catalogue</translation>
    </message>
    <message>
        <source>The key file</source>
        <translation>Le corrigé</translation>
    </message>
    <message>
        <source>it is too long for captions</source>
        <translation>il est trop long pour des sous-titres</translation>
    </message>
    <message>
        <source>no caption with a time was found</source>
        <translation>aucun sous-titre avec son heure n’y a été trouvé</translation>
    </message>
    <message>
        <source>it is not sjson</source>
        <translation>ce n’est pas du sjson</translation>
    </message>
    <message>
        <source>it is not text in UTF-8</source>
        <translation>ce n’est pas du texte en UTF-8</translation>
    </message>
    <message>
        <source>The course</source>
        <translation>Le cours</translation>
    </message>
    <message>
        <source>What the other computer says of itself</source>
        <translation>Ce que l’autre ordinateur dit de lui-même</translation>
    </message>
    <message>
        <source>The other computer&apos;s list of files</source>
        <translation>L’inventaire des fichiers de l’autre ordinateur</translation>
    </message>
    <message>
        <source>it ends in the middle of a hash</source>
        <translation>il s’arrête au milieu d’une empreinte</translation>
    </message>
    <message>
        <source>The piece list</source>
        <translation>L’inventaire des morceaux</translation>
    </message>
    <message>
        <source>its length is that of no list</source>
        <translation>sa longueur n’est celle d’aucun inventaire</translation>
    </message>
    <message>
        <source>a piece is empty or too long</source>
        <translation>un morceau est vide ou trop long</translation>
    </message>
    <message>
        <source>it is of another file</source>
        <translation>il est celui d’un autre fichier</translation>
    </message>
    <message>
        <source>The quiz</source>
        <translation>Le quiz</translation>
    </message>
    <message>
        <source>the system does not allow it</source>
        <translation>le système ne le permet pas</translation>
    </message>
    <message>
        <source>{detail} - at `{path}`</source>
        <translation>l’endroit `{path}` n’a pas la forme attendue</translation>
    </message>
    <message>
        <source>the server fails at it, again and again (HTTP {status})</source>
        <translation>le serveur échoue dessus à chaque essai (HTTP {status})</translation>
    </message>
    <message>
        <source>it may only be read</source>
        <translation>il est en lecture seule</translation>
    </message>
    <message>
        <source>it is there already</source>
        <translation>il existe déjà</translation>
    </message>
    <message>
        <source>the disk is full</source>
        <translation>le disque est plein</translation>
    </message>
    <message>
        <source>its name is too long</source>
        <translation>son nom est trop long</translation>
    </message>
    <message>
        <source>{place} offers an older catalogue (number {offered}) than the one already seen (number {known}). The newer one is kept, and nothing of yours changes. Look again later; if it stays so, tell whoever runs that place, or forget its address in the settings.</source>
        <translation>{place} propose un catalogue (numéro {offered}) plus ancien que celui déjà vu (numéro {known}). Le plus récent est conservé et rien ne change pour vous. Cherchez de nouveau plus tard&#x202f;; si cela dure, prévenez la personne qui s’en occupe, ou oubliez cette adresse dans les réglages.</translation>
    </message>
    <message>
        <source>“{title}” is offered there in version {offered}, older than version {known} that was already seen. This one offer is left out; if you expected it, ask its publisher.</source>
        <translation>«&#xa0;{title}&#xa0;» y est proposé en version {offered}, plus ancienne que la version {known} déjà vue. Cette offre-là est laissée de côté&#x202f;; si vous l’attendiez, demandez à son éditeur.</translation>
    </message>
    <message>
        <source>{place} promised news by {date}, and none has come: perhaps something on the way holds it back, or this computer&apos;s clock is wrong. What is known stays usable. Check the date, then look again, from another network if you can.</source>
        <translation>{place} promettait des nouvelles avant le {date}, et rien n’est venu&#xa0;: quelque chose en chemin les retient peut-être, ou l’horloge de cet ordinateur est fausse. Ce qui est connu reste utilisable. Vérifiez la date, puis cherchez de nouveau, depuis un autre réseau si possible.</translation>
    </message>
    <message>
        <source>The clock of this computer is behind: it says {date}, but a list of courses that is here was signed on {newest}. Set the clock; until then there may be no safe connection, and what you do is kept with a wrong date. What is here stays usable.</source>
        <translation>L’horloge de cet ordinateur retarde&#xa0;: elle indique le {date}, mais une liste de cours présente ici a été signée le {newest}. Réglez l’horloge&#x202f;; d’ici là, il peut n’y avoir aucune connexion sûre, et ce que vous faites est conservé avec une fausse date. Ce qui est ici reste utilisable.</translation>
    </message>
    <message>
        <source>{what} is not offered by any repository known here. Look for courses again.</source>
        <translation>{what} n’est proposé par aucun dépôt connu ici. Actualisez les cours.</translation>
    </message>
    <message>
        <source>{place} is in use by another program. Nothing was changed; try again.</source>
        <translation>Un autre programme utilise {place}. Rien n’a été modifié&#x202f;; réessayez.</translation>
    </message>
    <message>
        <source>{what} is not on this computer yet. Download it first.</source>
        <translation>Pas encore sur cet ordinateur&#xa0;: {what}. Commencez par le télécharger.</translation>
    </message>
    <message>
        <source>{what} cannot be played on this computer ({reason}). The transcript can be read instead.</source>
        <translation>«&#xa0;{what}&#xa0;» ne peut pas être lu sur cet ordinateur ({reason}). Vous pouvez lire la transcription à la place.</translation>
    </message>
    <message>
        <source>{what} needs a newer Cartable (kind “{kind}”). The rest of the course works.</source>
        <translation>«&#xa0;{what}&#xa0;» demande un Cartable plus récent (type «&#xa0;{kind}&#xa0;»). Le reste du cours fonctionne.</translation>
    </message>
    <message>
        <source>“{name}” is {size}, and a file may be {most} here. It was not added; make it smaller, or hand in a part of it.</source>
        <translation>«&#xa0;{name}&#xa0;» fait {size}, et un fichier peut faire au plus {most} ici. Il n’a pas été ajouté&#x202f;; réduisez-le, ou remettez-en une partie.</translation>
    </message>
    <message>
        <source>{place} does not accept this computer&apos;s key ({reason}). Your work stays saved here. Ask whoever runs the platform for a new one.</source>
        <translation>{place} n’accepte pas la clé de cet ordinateur ({reason}). Votre travail reste enregistré ici. Demandez une nouvelle clé au responsable de la plateforme.</translation>
    </message>
    <message>
        <source>{place} knows this computer, but does not let it hand in work ({reason}). Your work stays saved here. Ask whoever runs the platform for the right to write.</source>
        <translation>{place} connaît cet ordinateur, mais ne l’autorise pas à remettre du travail ({reason}). Votre travail reste enregistré ici. Demandez le droit d’écrire au responsable de la plateforme.</translation>
    </message>
    <message>
        <source>{place} does not let this computer read what was done elsewhere ({reason}). Your work here stays saved. Ask whoever runs the platform for the right to read, or carry the work over as a file.</source>
        <translation>{place} n’autorise pas cet ordinateur à lire ce qui a été fait ailleurs ({reason}). Votre travail fait ici reste enregistré. Demandez le droit de lire au responsable de la plateforme, ou emportez le travail dans un fichier.</translation>
    </message>
    <message>
        <source>{place} shows nothing that you did on another computer. Send it from there first. If you have, this computer may only read what it sent itself: ask whoever runs the platform for the right to read.</source>
        <translation>{place} ne montre rien que vous ayez fait sur un autre ordinateur. Envoyez-le d’abord depuis cet autre ordinateur. Si c’est déjà fait, cet ordinateur ne peut lire que ce qu’il a envoyé lui-même&#xa0;: demandez le droit de lire au responsable de la plateforme.</translation>
    </message>
    <message>
        <source>{place} asks you to sign in before it takes your work. Everything stays saved here and leaves once you have signed in.</source>
        <translation>{place} vous demande de vous identifier avant de prendre votre travail. Tout reste enregistré ici et partira après votre identification.</translation>
    </message>
    <message>
        <source>Signing in at {place} did not work ({reason}). Your work stays saved here; try again.</source>
        <translation>L’identification auprès de {place} n’a pas abouti ({reason}). Votre travail reste enregistré ici&#x202f;; réessayez.</translation>
    </message>
    <message>
        <source>There is no learning record store at {place} (HTTP {status}). Your work stays saved here. Check the platform&apos;s address.</source>
        <translation>Aucun service ne recueille le travail des apprenants à l’adresse {place} (HTTP {status}). Votre travail reste enregistré ici. Vérifiez l’adresse de la plateforme.</translation>
    </message>
    <message>
        <source>{place} is damaged, was changed on the way, or is no bundle of work. Nothing of it was taken. The work is still on the computer it came from: pack it again there.</source>
        <translation>{place} est abîmé, a été modifié en route, ou n’est pas un envoi de travail. Rien n’en a été pris. Le travail est toujours sur l’ordinateur d’où il vient&#xa0;: préparez-le de nouveau là-bas.</translation>
    </message>
    <message>
        <source>{place} is sealed for somebody else, or was changed on the way: no key here opens it. Nothing of it was taken. Bring it to an office of its own platform.</source>
        <translation>{place} est scellé pour quelqu’un d’autre, ou a été modifié en route&#xa0;: aucune clé d’ici ne l’ouvre. Rien n’en a été pris. Apportez-le à un bureau de sa propre plateforme.</translation>
    </message>
    <message>
        <source>This is not the passphrase of {place}, or the file was changed on the way. Nothing of it was taken. Type the passphrase as it was typed where the file was made.</source>
        <translation>Ce n’est pas la phrase secrète de {place}, ou le fichier a été modifié en route. Rien n’en a été pris. Tapez la phrase secrète comme elle a été tapée là où le fichier a été fait.</translation>
    </message>
    <message>
        <source>{place} is no receipt of your platform: it was changed on the way, or signed by somebody who is no office of your platform. Nothing in it was believed. Your work stays saved.</source>
        <translation>{place} n’est pas un accusé de réception de votre plateforme&#xa0;: il a été modifié en route, ou signé par quelqu’un qui n’est pas un de ses bureaux. Rien n’en a été retenu. Votre travail reste enregistré.</translation>
    </message>
    <message>
        <source>{place} belongs to another platform ({theirs}), not to the one of this computer. Nothing of it was taken.</source>
        <translation>{place} est d’une autre plateforme ({theirs}), pas de celle de cet ordinateur. Rien n’en a été pris.</translation>
    </message>
    <message>
        <source>The platform file of {name} does not say for whom carried work is to be sealed, so nothing was packed. Ask whoever runs the platform for a newer one. Your work is saved.</source>
        <translation>Le fichier de la plateforme {name} ne dit pas pour qui sceller le travail à emporter&#xa0;: rien n’a été préparé. Demandez-en un plus récent au responsable de la plateforme. Votre travail est enregistré.</translation>
    </message>
    <message>
        <source>{place} is the work of {theirs}, and on this computer {ours} has worked already. Nothing of it was taken, so that nobody&apos;s work is mixed with another&apos;s.</source>
        <translation>{place} est le travail de {theirs}, et {ours} a déjà travaillé sur cet ordinateur. Rien n’en a été pris, pour ne pas mélanger le travail de deux personnes.</translation>
    </message>
    <message>
        <source>there is a file already, and a key is never overwritten</source>
        <translation>il y a déjà un fichier, et une clé n’est jamais écrasée</translation>
    </message>
    <message>
        <source>it is not an Ed25519 key</source>
        <translation>ce n’est pas une clé Ed25519</translation>
    </message>
    <message>
        <source>there is no such file</source>
        <translation>ce fichier n’existe pas</translation>
    </message>
    <message>
        <source>it is locked with a password</source>
        <translation>il est protégé par un mot de passe</translation>
    </message>
    <message>
        <source>it is not a private key in PEM</source>
        <translation>ce n’est pas une clé privée au format PEM</translation>
    </message>
    <message>
        <source>there is no such port</source>
        <translation>ce port n’existe pas</translation>
    </message>
    <message>
        <source>some MB</source>
        <translation>quelques Mo</translation>
    </message>
    <message>
        <source>nobody signed in within the time</source>
        <translation>personne ne s’est identifié à temps</translation>
    </message>
    <message>
        <source>no answer</source>
        <translation>pas de réponse</translation>
    </message>
    <message>
        <source>it was refused there</source>
        <translation>refus de la plateforme</translation>
    </message>
    <message>
        <source>it is too busy just now</source>
        <translation>trop d’affluence en ce moment</translation>
    </message>
    <message>
        <source>it does not say where to sign in</source>
        <translation>aucune page d’identification n’est indiquée</translation>
    </message>
    <message>
        <source>another server answered</source>
        <translation>un autre serveur a répondu</translation>
    </message>
    <message>
        <source>it speaks for another issuer</source>
        <translation>la réponse vient d’un autre émetteur</translation>
    </message>
    <message>
        <source>it has this id already and does not show what it holds</source>
        <translation>elle a déjà cet identifiant et ne montre pas ce qu’il contient</translation>
    </message>
    <message>
        <source>it has something else under this id</source>
        <translation>elle a autre chose sous cet identifiant</translation>
    </message>
    <message>
        <source>This is the code of somebody else, and on this computer {ours} has worked already. Nothing was changed, so that nobody&apos;s work is mixed with another&apos;s.</source>
        <translation>C’est le code de quelqu’un d’autre, et {ours} a déjà travaillé sur cet ordinateur. Rien n’a été modifié, pour ne pas mélanger le travail de deux personnes.</translation>
    </message>
    <message>
        <source>This code is not right: a letter is missing or mistyped. Nothing was changed. Compare it with the one that the other computer shows.</source>
        <translation>Ce code n’est pas juste&#xa0;: une lettre manque ou a été mal tapée. Rien n’a été modifié. Comparez-le avec celui qu’affiche l’autre ordinateur.</translation>
    </message>
    <message>
        <source>{place} is no message of your platform: it was changed on the way, is only half there, or was signed by somebody else. Nothing of it was taken, what came before is kept, and it will be asked for again.</source>
        <translation>{place} n’est pas un message de votre plateforme&#xa0;: il a été modifié en route, n’est là qu’à moitié, ou a été signé par quelqu’un d’autre. Rien n’en a été pris, ce qui est arrivé avant est gardé, et il sera redemandé.</translation>
    </message>
    <message>
        <source>{place} is a message to somebody else, or has another number than its name says. Nothing of it was taken, and it will be asked for again. If that stays so, tell whoever runs the platform.</source>
        <translation>{place} est un message adressé à quelqu’un d’autre, ou porte un autre numéro que ne le dit son nom. Rien n’en a été pris, et il sera redemandé. Si cela dure, dites-le au responsable de la plateforme.</translation>
    </message>
    <message>
        <source>{place} is not the address of a computer in this network. Type it as the other computer shows it, for example 192.168.1.20:7717.</source>
        <translation>{place} n’est pas l’adresse d’un ordinateur de ce réseau. Saisissez-la comme l’autre ordinateur l’affiche, par exemple 192.168.1.20:7717.</translation>
    </message>
    <message>
        <source>Nothing can be lent on port {port} ({reason}): perhaps Cartable lends already, or another program is there. Choose another port.</source>
        <translation>Rien ne peut être prêté sur le port {port} ({reason})&#xa0;: Cartable prête peut-être déjà, ou un autre programme s’y trouve. Choisissez un autre port.</translation>
    </message>
    <message>
        <source>There is no display here, so the window cannot open. Every stage is a command too: `cartable --help` names them.</source>
        <translation>Il n’y a pas d’écran ici, la fenêtre ne peut donc pas s’ouvrir. Chaque étape existe aussi en commande&#xa0;: voyez `cartable --help`.</translation>
    </message>
    <message>
        <source>{place}, line {line}: {reason}. This row was left out; the others were not.</source>
        <translation>{place}, ligne {line}&#xa0;: {reason}. Cette ligne a été laissée de côté&#x202f;; les autres ne l’ont pas été.</translation>
    </message>
    <message>
        <source>{place} cannot be read as a table of marks: {reason}. What could be read was taken; the rest stays in the file.</source>
        <translation>{place} ne peut pas être lu comme un tableau de notes&#xa0;: {reason}. Ce qui a pu être lu a été pris&#x202f;; le reste demeure dans le fichier.</translation>
    </message>
    <message>
        <source>The store refused the mark of the act {act}: {reason}. The other marks were not stopped.</source>
        <translation>Le serveur de traces a refusé la note de l’action {act}&#xa0;: {reason}. Les autres notes n’en ont pas été bloquées.</translation>
    </message>
    <message>
        <source>{count} attempts at “{what}” were made in version {version} of the course, and no key file of that version was given. They were left as they are; give that file too.</source>
        <translation>{count} tentatives de «&#xa0;{what}&#xa0;» ont été faites dans la version {version} du cours, et aucun corrigé de cette version n’a été donné. Elles restent telles quelles&#x202f;; donnez aussi ce fichier.</translation>
    </message>
    <message>
        <source>{place} is not sent: {reason}. No letter was written.</source>
        <translation>{place} n’est pas envoyé&#xa0;: {reason}. Aucune lettre n’a été écrite.</translation>
    </message>
    <message>
        <source>{place} cannot be used as names: {reason}. No attestation was issued.</source>
        <translation>{place} ne peut pas servir de table de noms&#xa0;: {reason}. Aucune attestation n’a été délivrée.</translation>
    </message>
    <message>
        <source>{course} asks for more before its attestation: its page shows what is still missing.</source>
        <translation>{course} demande davantage avant son attestation&#xa0;: sa page montre ce qui manque encore.</translation>
    </message>
    <message>
        <source>The platform has not confirmed anything for {course} yet: there is no credential.</source>
        <translation>La plateforme n’a encore rien confirmé pour {course}&#xa0;: aucune attestation n’est arrivée.</translation>
    </message>
    <message>
        <source>{place} is far too large to be a credential, so it was not looked at.</source>
        <translation>{place} est bien trop grand pour être une attestation&#x202f;; il n’a pas été lu.</translation>
    </message>
    <message>
        <source>{place} was left aside: {reason}. All others were opened.</source>
        <translation>{place} a été laissé de côté&#xa0;: {reason}. Tous les autres ont été ouverts.</translation>
    </message>
    <message>
        <source>{place} cannot be used: {reason}.</source>
        <translation>{place} est inutilisable&#xa0;: {reason}.</translation>
    </message>
    <message>
        <source>The key in {place} cannot be used: {reason}.</source>
        <translation>La clé dans {place} est inutilisable&#xa0;: {reason}.</translation>
    </message>
    <message>
        <source>The platform marks in this course, and its keys would lie in {place}, where learners can fetch them. Nothing was published. Name another folder for them.</source>
        <translation>La plateforme note dans ce cours, et ses corrigés se trouveraient dans {place}, où les apprenants peuvent les prendre. Rien n’a été publié. Indiquez un autre dossier.</translation>
    </message>
    <message>
        <source>{place} cannot be imported: {reason}. Nothing was written.</source>
        <translation>Impossible d’importer {place}&#xa0;: {reason}. Rien n’a été écrit.</translation>
    </message>
    <message>
        <source>The licence of {title} ({licence}) allows no changed versions, and {what}. Nothing was written, the original is as it was. If its owner has permitted it, add --i-may-adapt.</source>
        <translation>La licence de {title} ({licence}) ne permet pas de version modifiée, et {what}. Rien n’a été écrit, l’original est resté tel quel. Si son propriétaire l’a permis, ajoutez --i-may-adapt.</translation>
    </message>
    <message>
        <source>the file is not there</source>
        <translation>le fichier est introuvable</translation>
    </message>
    <message>
        <source>the file is damaged, or of a kind that is not known here</source>
        <translation>le fichier est abîmé ou d’un type inconnu ici</translation>
    </message>
    <message>
        <source>a decoder for this kind of video is missing</source>
        <translation>il manque un décodeur pour ce type de vidéo</translation>
    </message>
</context>
</TS>
