### Appointments in the patient's own calendar.

# What the calendar is called.
feed-calendar = Afspraken via { $platform }

## The page
feed-title = Uw afspraken in uw agenda
feed-lead = Zet al uw afspraken in de agenda van uw telefoon of computer. Verandert er iets? Dan verandert het daar mee.
feed-what = In uw agenda staan de dag, de tijd en de praktijk. Waarvoor u komt, staat er nooit in.
feed-others = Kan iemand anders uw agenda zien? Dan ziet die ook deze afspraken.
feed-make = Maak mijn agenda-adres
feed-since = U hebt een agenda-adres sinds { $date }.
feed-fetched = Een agenda keek het laatst op { $at }.
feed-not-fetched = Er heeft nog geen agenda gekeken.
feed-again = Er is nu niets veranderd. Ziet u uw adres niet meer? Maak dan een nieuw adres.

## The address, shown once
feed-made-title = Uw agenda-adres is klaar
feed-made-once = Wij laten dit adres maar één keer zien. Zet het nu in uw agenda.
feed-address = Uw agenda-adres
feed-copy = Zo kopieert u het op een telefoon: houd uw vinger op het adres. Kies ‘Selecteer alles’ en dan ‘Kopieer’. Op een computer klikt u op het adres. Druk op Ctrl en A, en daarna op Ctrl en C.
feed-secret = Geef dit adres aan niemand. Wie het heeft, kan uw afspraken zien.
feed-apple-title = Op een iPhone, iPad of Mac
feed-apple = Tik op deze knop. Kies daarna ‘Abonneer’.
feed-apple-open = Zet in de agenda van dit apparaat
feed-google-title = Google Agenda
feed-google = Open Google Agenda op een computer. Klik op de plus bij ‘Andere agenda’s’ en kies ‘Via URL’. Plak het adres en klik op ‘Agenda toevoegen’.
feed-google-slow = Google kijkt maar een paar keer per dag of er iets is veranderd.
feed-outlook-title = Outlook
feed-outlook = Open Outlook en ga naar de agenda. Kies ‘Agenda toevoegen’ en dan ‘Abonneren vanaf web’. Plak het adres en kies ‘Importeren’.
feed-ready = Ik heb het adres in mijn agenda gezet

## Another, or none
feed-renew-title = Adres kwijt, of kent iemand anders het?
feed-renew-lead = Maak dan een nieuw adres. Het oude adres werkt meteen niet meer. Zet het nieuwe adres daarna in uw agenda.
feed-renew = Maak een nieuw adres
feed-stop-title = Wilt u stoppen?
feed-stop-lead = Het adres werkt dan meteen niet meer. Haal de agenda daarna ook van uw telefoon of computer.
feed-stop = Stop met mijn agenda-adres
feed-stopped = Uw agenda-adres werkt niet meer.

## Where it is linked
feed-link = Zet al uw afspraken in uw agenda
