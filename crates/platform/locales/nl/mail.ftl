### What a patient reads in a mail. It never says why, with whom or for what.

## Every mail
mail-open = Bekijk uw afspraak
mail-open-message = Lees het bericht
mail-open-invitation = Log in en begin
mail-open-test = Ga naar uw voorkeuren
mail-log-in = U logt eerst in. Zo ziet alleen u de details.
mail-link = Werkt de knop niet? Gebruik dan deze link:
mail-automatic = Deze mail is automatisch gemaakt. Een antwoord op deze mail komt niet bij uw praktijk aan.
mail-preferences = Kies welke mails u krijgt
mail-stop = Stop de herinneringen

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
mail-soon-subject = Herinnering aan uw afspraak
mail-soon-title = U hebt binnenkort een afspraak
mail-reminder-subject = Herinnering: uw afspraak op { $at }
mail-reminder-title = Denkt u aan uw afspraak?
mail-reminder-said = Kunt u niet komen? Laat het uw praktijk dan snel weten.
mail-you-cancelled-subject = U hebt uw afspraak op { $at } geannuleerd
mail-you-cancelled-title = U hebt uw afspraak geannuleerd
mail-you-cancelled-said = Deze afspraak gaat niet door. Uw praktijk weet dat ook. Hebt u dit niet zelf gedaan? Bel dan uw praktijk.

## A message of the practice
mail-message-subject = Er staat een bericht voor u klaar
mail-message-title = Er staat een bericht voor u klaar
mail-message-from-subject = Bericht van { $sender }
mail-message-from-title = Er staat een bericht van { $sender } voor u klaar
mail-received = Ontvangen

## An invitation
mail-invitation-subject = Uitnodiging van { $sender }
mail-invitation-message-subject = { $sender } heeft een bericht voor u
mail-invitation-title = { $sender } nodigt u uit
mail-invitation-said = U kunt bij deze praktijk online afspraken maken en zien wanneer u verwacht wordt.
mail-invitation-message = Er staat ook een bericht voor u klaar. Het blijft 30 dagen bewaard. U leest het als u hebt ingelogd.
mail-invitation-free = Wilt u dat niet? Dan hoeft u niets te doen.

## A test
mail-test-subject = Testmail van { $sender }
mail-test-title = Uw mail werkt
mail-test-said = U hebt deze testmail zelf aangevraagd. Nu weet u dat onze mails bij u aankomen.

## The calendar
mail-calendar-request = Bij deze mail zit uw afspraak voor uw agenda. Let op: een antwoord in uw agenda komt niet bij uw praktijk aan. U zegt de afspraak daarmee dus niet af.
mail-calendar-cancel = Bij deze mail zit een bericht voor uw agenda. Daarmee verdwijnt de afspraak uit uw agenda.
calendar-at = Afspraak bij { $practice }
calendar-plain = Afspraak
calendar-described = Bekijken of afzeggen? Op deze pagina leest u hoe. Een antwoord in uw agenda komt niet bij uw praktijk aan.
