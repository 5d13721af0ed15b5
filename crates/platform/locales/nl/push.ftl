### Notifications on a device: what they say, and the part of the preferences that is about them. Like a mail, a
### notification never says why, with whom or for what.

## What a notification says
push-news-title = Er is nieuws over uw afspraak
push-news-body = Open deze melding om het nieuws te lezen. U logt eerst in.
push-new-title = U hebt een nieuwe afspraak
push-confirmed-title = Uw afspraak is bevestigd
push-declined-title = Uw aanvraag is afgewezen
push-modified-title = Uw afspraak is gewijzigd
push-moved-title = Uw afspraak is verzet
push-planned-again-title = Uw afspraak is opnieuw gepland
push-cancelled-title = Uw afspraak is geannuleerd
push-reminder-title = Denk aan uw afspraak
push-at = Op { $at }.
push-moved = Nu op { $at }. Het was { $was }.
push-asked = Op { $at }. U had gevraagd om { $was }.
push-same-time = Op { $at }. De begintijd blijft hetzelfde.
push-off = De afspraak op { $at } gaat niet door.
push-off-both = De afspraak op { $was } gaat niet door. Die op { $at } ook niet.
push-message-title = Er staat een bericht voor u klaar
push-message-from = Bericht van { $sender }
push-message-body = Open deze melding om het bericht te lezen. U logt eerst in.
push-message-at = Ontvangen op { $at }. U logt eerst in om het te lezen.
push-trial-title = Meldingen werken
push-trial-body = Zo ziet een melding over uw afspraak eruit.

## The devices of a patient
push-title = Meldingen
push-lead = Verandert er iets aan uw afspraak? Dan ziet u dat meteen op uw telefoon of computer.
push-absent = Deze website kan nu geen meldingen sturen. Mail krijgt u wel.
push-silent = U hebt gekozen voor geen meldingen. Dan krijgt geen enkel apparaat ze.
push-silent-change = Meldingen aanzetten
push-here = Dit apparaat
push-here-without-script = Zet JavaScript aan in uw browser om op dit apparaat meldingen te krijgen.
push-here-on = Dit apparaat krijgt meldingen.
push-here-off = Dit apparaat krijgt nog geen meldingen.
push-here-denied = U hebt meldingen van deze website geblokkeerd. Sta ze toe in de instellingen van uw browser. Kom daarna terug op deze pagina.
push-here-install = Op een iPhone of iPad zet u deze website eerst op uw beginscherm. Tik op Deel en kies ‘Zet op beginscherm’. Open de website daarna vanaf uw beginscherm.
push-here-unsupported = Deze browser kan geen meldingen laten zien. Mail krijgt u wel.
push-here-failed = Het is niet gelukt. Er is niets veranderd. Probeer het later opnieuw.
push-turn-on = Op dit apparaat meldingen krijgen
push-turn-off = Op dit apparaat geen meldingen meer
push-devices = Apparaten met meldingen
push-none = Er zijn nog geen apparaten met meldingen.
push-device = { $browser } op { $system }
push-device-unknown = Onbekend apparaat
push-device-this = dit apparaat
push-since = Sinds { $date }
push-used = Laatste melding op { $date }
push-try = Stuur een proefmelding
push-remove = Verwijderen
push-tried-sent = De proefmelding is verstuurd. Zet het apparaat aan om de melding te zien.
push-tried-gone = Dit apparaat krijgt geen meldingen meer. Het staat niet meer in de lijst.
push-tried-too-soon = U kunt elke minuut één proefmelding sturen.
push-tried-not-now = De proefmelding is nu niet verstuurd. Probeer het later opnieuw.
