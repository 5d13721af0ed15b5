### The preferences of a patient, and the way out of reminders.

## Every answer so far
preferences-title = Voorkeuren
preferences-lead = Hier kiest u hoe wij u op de hoogte houden.
preferences-kept = Uw keuze is bewaard.
preferences-change = Wijzigen
preferences-keep = Bewaren
preferences-cancel = Niets wijzigen
preferences-back = Terug naar uw voorkeuren
preferences-silent-title = U krijgt nu geen bericht van ons
preferences-silent = Verandert er iets? Dan ziet u dat alleen als u inlogt, aan het getal bij Afspraken. Wilt u niets missen? Kies dan voor mail of voor meldingen.

## The questions
preferences-language-name = Taal
preferences-language-title = In welke taal wilt u lezen?
preferences-language-hint = Dit geldt voor deze website, voor mails en voor meldingen.
preferences-channels-name = Bericht krijgen
preferences-channels-title = Hoe wilt u bericht krijgen?
preferences-channels-hint = Kiest u niets? Dan ziet u nieuws alleen als u inlogt.
preferences-channels-none = Niet
preferences-by-mail = Mail
preferences-by-push = Meldingen
preferences-by-push-hint = Op de telefoons en computers die u daarvoor kiest.
preferences-no-address = Wij hebben geen mailadres van u.
preferences-appointments-name = Bericht over een afspraak
preferences-appointments-title = Wat mag er in een bericht over uw afspraak staan?
preferences-appointments-hint = Kunnen anderen uw mail of uw scherm zien? Kies dan voor minder. Waarvoor u komt, staat er nooit in.
preferences-appointments-example-1 = ‘Er is nieuws over uw afspraak.’
preferences-appointments-example-2 = ‘Uw afspraak is verzet naar { $at }.’
preferences-appointments-example-3 = ‘Uw afspraak bij Praktijk De Linde, Lindelaan 4, Utrecht is verzet naar { $at }.’ Met een bestand voor uw agenda.
preferences-messages-name = Bericht over post van de praktijk
preferences-messages-title = Wat mag er in een bericht over post van uw praktijk staan?
preferences-messages-hint = Wat de praktijk u schrijft, leest u altijd pas als u hebt ingelogd.
preferences-messages-example-1 = ‘Er staat een bericht voor u klaar.’
preferences-messages-example-2 = ‘Er staat een bericht voor u klaar. Ontvangen: { $at }.’
preferences-messages-example-3 = ‘Er staat een bericht van Praktijk De Linde voor u klaar. Ontvangen: { $at }.’
preferences-level-1 = Alleen dat er nieuws is
preferences-level-2 = Ook de dag en de tijd
preferences-level-3 = Ook bij welke praktijk
preferences-reminders-name = Herinnering
preferences-reminders-title = Wanneer wilt u een herinnering aan uw afspraak?
preferences-reminders-hint = Een herinnering komt tussen 8 uur ’s ochtends en 9 uur ’s avonds. Gaat een afspraak niet door? Dan komt er geen.
preferences-remind-day = 1 dag van tevoren
preferences-remind-two-days = 2 dagen van tevoren
preferences-remind-two-hours = 2 uur van tevoren
preferences-remind-off = Geen herinnering
preferences-remind-minutes = { $minutes } minuten van tevoren

## Mail
preferences-mail = Mail
preferences-mail-to = Uw mailadres is
preferences-mail-off = U krijgt nu geen mail over uw afspraken.
preferences-no-address-said = Wij hebben geen mailadres van u. Daarom krijgt u geen mail.
preferences-try-mail = Stuur een proefmail
preferences-tried-waiting = De proefmail gaat nu naar { $address }. Kijk zo in uw mail, ook bij ongewenste mail.
preferences-tried-sent = De proefmail is om { $at } uur verstuurd naar { $address }. Niet gekregen? Kijk ook bij ongewenste mail.
preferences-tried-again = De proefmail naar { $address } is nog niet verstuurd. Wij proberen het opnieuw.
preferences-tried-failed = De proefmail kon niet naar { $address } worden verstuurd. Klopt dit adres wel?
preferences-tried-soon = U hebt net een proefmail gevraagd. Wacht een minuut en probeer het dan opnieuw.

## The way out of reminders
stop-title = Wilt u geen herinneringen meer?
stop-lead = U krijgt dan geen herinneringen meer aan uw afspraken. Verandert er iets aan een afspraak? Dan hoort u dat nog wel.
stop-button = Stop de herinneringen
stop-done-title = U krijgt geen herinneringen meer
stop-done = Verandert er iets aan een afspraak? Dan hoort u dat nog wel. Wilt u weer herinneringen? Log in en kies dat bij Voorkeuren.
stop-preferences = Naar uw voorkeuren
