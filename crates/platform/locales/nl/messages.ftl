### What practices write to patients, and how they invite them.

## In the menu and the overview
shell-messages = Berichten
shell-messages-count = { $unread ->
    [one] 1 nieuw bericht
   *[other] { $unread } nieuwe berichten
}
overview-messages = { $unread ->
    [one] U hebt 1 nieuw bericht van uw praktijk.
   *[other] U hebt { $unread } nieuwe berichten van uw praktijk.
}
overview-messages-read = Berichten lezen

## The list
messages-title = Uw berichten
messages-lead = Hier leest u wat uw praktijk u schrijft.
messages-empty = U hebt nog geen berichten.
messages-new = Nieuw
messages-pages = Meer berichten
messages-newer = Nieuwere berichten
messages-older = Oudere berichten

## One message
message-title = Bericht van uw praktijk
message-back = Terug naar uw berichten
message-files = Bijlagen
message-files-hint = Een bijlage die u downloadt, staat daarna op het apparaat dat u nu gebruikt. Is dat van iemand anders? Verwijder de bijlage dan weer.
message-file-open = Openen
message-file-enlarge = Groot bekijken:
message-file-keep = Downloaden
message-file-pdf = PDF
message-file-image = afbeelding
message-file-word = Word-document
message-file-excel = Excel-bestand
message-file-other = bestand
message-no-answer = U kunt hier niet antwoorden.
message-call = Vragen? Bel

## An invitation
invitation-title = { $practice } nodigt u uit
invitation-lead = Bij deze praktijk kunt u online afspraken maken. U ziet hier ook de berichten van de praktijk.
invitation-log-in-first = Log eerst in. Daarna voegt u de praktijk toe.
invitation-log-in = Inloggen
invitation-add-title = Wilt u { $practice } toevoegen?
invitation-add-lead = Daarna kunt u bij deze praktijk online afspraken maken. De praktijk kan u ook berichten sturen.
invitation-mail = Wij mailen u voortaan op dit adres: { $mail }
invitation-add = Praktijk toevoegen
invitation-not-now = Nu niet
invitation-added-title = { $practice } is toegevoegd
invitation-added-lead = U kunt hier nu afspraken maken bij deze praktijk.
invitation-book = Afspraak maken
invitation-used-title = Deze uitnodiging is al gebruikt
invitation-used-lead = Hebt u dat zelf gedaan? Dan is alles klaar. Log in om uw afspraken en berichten te zien.
invitation-expired-title = Deze uitnodiging is verlopen
invitation-expired-lead = Een uitnodiging geldt 30 dagen. Vraag { $practice } om een nieuwe.
invitation-unknown-title = Deze uitnodiging kennen wij niet
invitation-unknown-lead = Misschien is het adres niet goed overgenomen. Open de link in de mail nog een keer, of vraag uw praktijk om een nieuwe uitnodiging.
invitation-anothers-title = Deze uitnodiging is voor iemand anders
invitation-anothers-lead = U bent niet ingelogd als degene die is uitgenodigd. Er is niets veranderd.
invitation-not-known-title = { $practice } kan u niet vinden
invitation-not-known-lead = U staat niet in het systeem van de praktijk. Daarom is de praktijk niet toegevoegd.
