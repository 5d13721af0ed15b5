### The pages of the portal.

## Around every page
shell-skip = Naar de inhoud
shell-back = Vorige stap
shell-menu = Hoofdmenu
shell-tagline = Uw afspraken
shell-appointments = Afspraken
shell-book = Afspraak maken
shell-preferences = Voorkeuren
shell-log-out = Uitloggen
shell-count = { $news ->
    [one] 1 afspraak met nieuws
   *[other] { $news } afspraken met nieuws
}
live-updated = Deze pagina is bijgewerkt

## Coming and going
welcome-title = Uw afspraken bij de praktijk
welcome-lead = Hier maakt u een afspraak en ziet u wat er in de agenda van de praktijk staat.
welcome-log-in = Inloggen
welcome-book = U kiest zelf een tijd die vrij is.
welcome-read = U ziet al uw afspraken op één plek.
welcome-told = Verandert er iets? Dan krijgt u bericht.
welcome-urgent = Is het dringend? Bel dan uw praktijk.
logged-out-title = U bent uitgelogd
logged-out-lead = Gebruikt u een computer van iemand anders? Sluit dan ook het venster.
logged-out-again = Opnieuw inloggen

## When a page cannot be shown
problem-call = Bel de praktijk:
problem-to-overview = Naar uw afspraken
problem-again = Opnieuw proberen
problem-log-in-again = Opnieuw inloggen
problem-no-page = Deze pagina is er niet
problem-no-page-advice = Misschien is het adres niet goed overgenomen, of is de pagina niet van u.
problem-foreign-form = Er is niets gewijzigd
problem-foreign-form-advice = Dit formulier kwam van een andere website. Daarom hebben wij er niets mee gedaan.
problem-unreadable-form = Dit formulier is niet te lezen
problem-unreadable-form-advice = Er is niets gewijzigd. Ga terug en probeer het opnieuw.
problem-login-unavailable = Inloggen lukt nu even niet
problem-login-unavailable-advice = Probeer het over een paar minuten opnieuw.
problem-login-lost = Het inloggen is niet afgemaakt
problem-login-lost-advice = Het duurde te lang, of u begon in een ander venster. Log opnieuw in.
problem-login-refused = U bent niet ingelogd
problem-login-refused-advice = Het inloggen is gestopt of niet gelukt. U kunt het opnieuw proberen.
problem-login-without-bsn = Wij weten niet wie u bent
problem-login-without-bsn-advice = Uw inlogdienst gaf geen burgerservicenummer door. Zonder dat nummer kunnen wij uw afspraken niet vinden. Bel uw praktijk.
problem-practice-down = Online plannen is even niet mogelijk
problem-practice-down-advice = Het systeem van de praktijk geeft nu geen antwoord. Uw afspraken blijven staan. Probeer het later opnieuw, of bel de praktijk.
problem-not-sent-advice = Het systeem van de praktijk geeft nu geen antwoord. Uw afspraak is nog niet aangevraagd. Wat u koos en schreef, is bewaard. Probeer het over een paar minuten opnieuw, of bel de praktijk.
problem-too-many = Even wachten alstublieft
problem-too-many-advice = Er komen nu te veel vragen tegelijk. Er is niets gewijzigd. Wacht een minuut en probeer het dan opnieuw.
problem-broken = Er ging iets mis
problem-broken-advice = Dat ligt aan ons. Probeer het over een paar minuten opnieuw.

## Around times
shell-times-dutch = Alle tijden zijn Nederlandse tijd.
shell-times-local = Alle tijden zijn de plaatselijke tijd van de praktijk.

## The overview
overview-title = Uw afspraken
overview-book = Afspraak maken
overview-empty = U hebt geen afspraken.
overview-upcoming = Komende afspraken
overview-awaiting = Wacht op de praktijk
overview-off = Gaat niet door
overview-past = Eerdere afspraken
overview-more-past = Oudere afspraken staan hier niet meer.

## An appointment
card-what = Afspraak
card-what-with = { $what } bij { $who }
card-with = Afspraak bij { $who }
card-news = Nieuws:
card-was-time = Was
card-was-with = Was bij { $before }.
card-was = Was { $before }.
card-message = Bericht van de praktijk
card-call-to-change = Wijzigen of afzeggen? Bel
card-show = Bekijken
card-choose-again = Andere tijd kiezen
card-new = Nieuw
card-confirmed = Bevestigd
card-modified = Gewijzigd
card-planned-again = Opnieuw gepland
card-pending = Wacht op de praktijk
card-checking = Wij controleren dit
card-checking-failed = Bel de praktijk
card-cancelled = Geannuleerd
card-declined = Afgewezen
card-failed = Niet gelukt
card-next-pending = De praktijk moet deze afspraak nog goedkeuren. U krijgt bericht.
card-next-checking = Wij weten nog niet of de praktijk deze afspraak heeft. Maak geen nieuwe afspraak voor dezelfde klacht. U kunt hier wachten, of later terugkomen.
card-next-checking-failed = Het lukt ons niet om te zien of de praktijk deze afspraak heeft. Bel de praktijk om het na te vragen.
card-next-failed = Deze afspraak staat niet in de agenda van de praktijk. Wat u schreef is bewaard.

## One appointment in full
appointment-back = Terug naar uw afspraken
appointment-all = Al uw afspraken
appointment-call = Vragen? Bel
appointment-to-calendar = Zet in mijn agenda
appointment-booked = Uw afspraak
appointment-confirmed = Uw afspraak is bevestigd
appointment-confirmed-next = De afspraak staat in de agenda van de praktijk. U hoeft niets meer te doen.
appointment-modified = Uw afspraak is gewijzigd
appointment-planned-again = Uw afspraak is opnieuw gepland
appointment-pending = Uw aanvraag is verstuurd
appointment-checking = Wij controleren uw afspraak
appointment-checking-failed = Bel de praktijk over uw afspraak
appointment-cancelled = Uw afspraak is geannuleerd
appointment-declined = Uw aanvraag is afgewezen
appointment-refused = Online plannen is nu niet mogelijk
appointment-failed = Uw afspraak is niet gelukt
fact-date = Datum
fact-when = Wanneer
fact-what = Afspraak
fact-time = Tijd
fact-kind = Soort afspraak
fact-with = Bij wie
fact-where = Waar
fact-map = Bekijk de plek op OpenStreetMap
fact-changed = Gewijzigd
fact-reason = Uw reden

## Booking
book-back = Terug
book-next = Verder
book-change = Wijzigen
book-mend = Er klopt iets niet
book-mend-title = Fout:
book-step-1 = Stap 1 van 6
book-step-2 = Stap 2 van 6
book-step-3 = Stap 3 van 6
book-step-4 = Stap 4 van 6
book-step-5 = Stap 5 van 6
book-step-6 = Stap 6 van 6
book-urgent = Dringend
book-urgent-call = Is het dringend? Bel
book-urgent-danger = Bij levensgevaar: bel
book-practice-title = Bij welke praktijk wilt u een afspraak?
book-no-practice-title = U hoort nog bij geen praktijk
book-no-practice = Voeg eerst uw praktijk toe. Daarna kunt u hier een afspraak maken.
book-type-title = Wat voor afspraak wilt u?
book-no-types-title = U kunt hier nu geen afspraak maken
book-no-types = Deze praktijk heeft op dit moment geen afspraken die u online kunt maken.
book-agenda-title = Bij wie wilt u een afspraak?
book-first-free = Eerste vrije tijd: { $day }, { $time }
book-nothing-free-title = Er zijn geen vrije tijden
book-nothing-free = De komende vier weken is alles bezet. Kies een andere soort afspraak of een andere agenda, of bel de praktijk.
book-day-title = Op welke dag wilt u komen?
book-first = Eerste vrije tijd:
book-free = { $count ->
    [one] 1 tijd vrij
   *[other] { $count } tijden vrij
}
book-week = { $first } tot en met { $last }
book-week-empty = Op deze dagen zijn er geen vrije tijden.
book-other-days-full = Op de andere dagen zijn er geen vrije tijden.
book-weeks = Andere weken
book-earlier = Eerdere week
book-later = Latere week
book-time-title = Hoe laat wilt u komen op { $day }?
book-time-unanswered = Kies een tijd.
book-morning = Ochtend
book-afternoon = Middag
book-evening = Avond
book-duration = De afspraak duurt
book-other-day = Andere dag
book-slot-gone = Deze tijd is niet meer beschikbaar, kies een andere tijd
book-slot-gone-kept = Wat u koos en schreef is bewaard.
book-nearest = Tijden die er dichtbij liggen
book-all-days = Alle dagen bekijken
book-reason-title = Waarvoor komt u?
book-reason-hint = Schrijf in een paar zinnen wat er is. De praktijk leest dit voor uw afspraak. Er passen 500 tekens.
book-reason-counted = { $count } van { $limit } tekens
book-reason-empty = Schrijf waarvoor u komt.
book-reason-too-long = Uw tekst heeft { $count } tekens. Er passen er { $limit }. Maak uw tekst korter.
book-reason-unprintable = Teken { $position } van uw tekst kunnen wij niet versturen. Haal het weg.
book-check-title = Klopt alles?
book-changed = Uw keuze is veranderd
book-changed-advice = U hebt in een ander venster iets anders gekozen. Kijk of dit is wat u wilt.
book-check-approval = De praktijk moet uw aanvraag nog goedkeuren. U krijgt bericht.
book-check-at-once = De afspraak staat meteen in de agenda van de praktijk.
book-send = Afspraak maken
book-send-request = Afspraak aanvragen

## A practice whose system is in trouble
unheard-today = Het systeem van { $practice } geeft nu geen antwoord. Uw afspraken daar zijn bijgewerkt om { $time } uur.
unheard-before = Het systeem van { $practice } geeft nu geen antwoord. Uw afspraken daar zijn bijgewerkt op { $moment }.
