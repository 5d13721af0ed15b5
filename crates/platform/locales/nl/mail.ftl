### What a patient reads in a mail. It never says why, with whom or for what.

## Every mail
mail-open = Bekijk uw afspraak
mail-log-in = U logt eerst in. Zo ziet alleen u de details.
mail-link = Werkt de knop niet? Gebruik dan deze link:
mail-automatic = Deze mail is automatisch gemaakt. Een antwoord op deze mail komt niet bij uw praktijk aan.

## There is news, and no more
mail-news-subject = Nieuws over uw afspraak
mail-news-title = Er is nieuws over uw afspraak

## The visit
mail-when = Wanneer
mail-was = Was
mail-becomes = Wordt
mail-not-on = Niet op
mail-nor-on = Ook niet op
mail-asked = Gevraagd
mail-where = Waar
mail-phone = Telefoon

## Each kind
mail-new-subject = Nieuwe afspraak op { $at }
mail-new-title = U hebt een nieuwe afspraak
mail-confirmed-subject = Uw afspraak op { $at } is bevestigd
mail-confirmed-title = Uw afspraak is bevestigd
mail-confirmed-moved = Let op: de tijd is anders dan u had gevraagd.
mail-declined-subject = Uw aanvraag voor { $at } is afgewezen
mail-declined-title = Uw aanvraag is afgewezen
mail-declined-next = Deze afspraak gaat niet door. U kunt een andere tijd kiezen.
mail-modified-subject = Uw afspraak op { $at } is gewijzigd
mail-modified-title = Uw afspraak is gewijzigd
mail-modified-same-time = De dag en de begintijd blijven hetzelfde. Log in om te zien wat er anders is.
mail-moved-subject = Uw afspraak is verzet naar { $at }
mail-moved-title = Uw afspraak is verzet
mail-planned-again-subject = Uw afspraak is opnieuw gepland op { $at }
mail-planned-again-title = Uw afspraak is opnieuw gepland
mail-cancelled-subject = Uw afspraak op { $at } is geannuleerd
mail-cancelled-title = Uw afspraak is geannuleerd
mail-cancelled-said = Deze afspraak gaat niet door.
