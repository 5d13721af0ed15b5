### Who has looked at my data.

access-title = Wie heeft mijn gegevens gezien
access-lead = Hier ziet u wie uw gegevens heeft bekeken of veranderd, en wanneer. Het nieuwste staat bovenaan.
access-back = Terug naar uw gegevens
access-own-too = Laat ook zien wat ik zelf deed
access-others-only = Laat alleen zien wat anderen deden
access-empty = Nog niemand heeft iets met uw gegevens gedaan.
access-pages = Meer dagen
access-newest = Naar het nieuwste
access-older = Wat er daarvoor was
access-kept = Wij bewaren deze lijst minstens vijf jaar. Niemand kan er iets in veranderen.
access-question = Vertrouwt u iets niet? Bel dan uw praktijk.
access-times = { $times }{ "\u00A0" }keer

## Who
access-you = U
access-some-practice = Een praktijk
access-balie = Balie
access-operator = Een beheerder van Balie
access-nobody = Iemand die niet was ingelogd

## What
access-did = { $own ->
    [yes] hebt
   *[no] heeft
}
access-appointment-view = { access-did } uw afspraken bekeken
access-draft = { access-did } uw aanvraag nog eens bekeken
access-calendar = { access-did } een afspraak voor in een agenda opgehaald
access-feed = { access-did } uw afspraken opgehaald met uw agenda-adres
access-news = { access-did } gezien dat een afspraak is veranderd
access-request = { access-did } een afspraak aangevraagd
access-reschedule = { access-did } gevraagd om een afspraak te verzetten
access-cancel = { access-did } een afspraak geannuleerd
access-answer = { access-did } het antwoord van de praktijk over een afspraak verwerkt
access-reminder = { access-did } u aan een afspraak herinnerd
access-made = { access-did } een afspraak voor u gemaakt
access-changed = { access-did } uw afspraak veranderd
access-unchanged = { access-did } uw afspraak opnieuw gestuurd. Er is niets veranderd
access-response = { access-did } op uw aanvraag geantwoord
access-notices = { access-did } bekeken of u bericht over een afspraak kreeg
access-message = { access-did } u een bericht gestuurd
access-messages-read = { access-did } uw berichten gelezen
access-attachment = { access-did } een bijlage bij een bericht opgehaald
access-joined = { access-did } een praktijk toegevoegd
access-left = { access-did } een praktijk van uw lijst gehaald
access-invited = { access-did } u uitgenodigd
access-login = { $own ->
    [yes] bent ingelogd
   *[no] heeft u ingelogd
}
access-logout = { $own ->
    [yes] bent uitgelogd
   *[no] heeft u uitgelogd
}
access-search = { access-did } gezocht of u hier bekend bent
access-preferences = { access-did } uw instellingen veranderd
access-data-view = { access-did } uw gegevens en instellingen bekeken
access-download = { access-did } uw gegevens gedownload
access-push = { access-did } ingesteld of geprobeerd hoe u bericht krijgt
access-refused = { access-did } iets met uw gegevens geprobeerd. Dat mocht niet
access-other = { access-did } iets met uw gegevens gedaan
