### Staying logged in, being logged out, and logins that do not go well.

session-title = Bent u er nog?
session-soon = Over 2 minuten loggen wij u uit. Zo ziet niemand anders uw gegevens.
session-longest = U bent bijna 8 uur ingelogd. Over 2 minuten loggen wij u uit. Maak af waar u mee bezig bent.
session-over-kept = U bent uitgelogd. Wat u hebt geschreven, staat er nog. Verstuur het: u logt dan opnieuw in en het is bewaard.
session-stay = Blijf ingelogd
session-close = Sluiten
session-without-script = Doet u 15 minuten niets? Dan loggen wij u uit.
session-ended-title = U bent uitgelogd
session-ended = U deed 15 minuten niets, of u was 8 uur ingelogd. Daarom hebben wij u uitgelogd. Zo ziet niemand anders uw gegevens.
session-ended-again = Log opnieuw in
logged-out-provider = Bij uw inlogdienst kunt u nog ingelogd zijn. Gebruikt u een computer die ook van anderen is? Log dan daar ook uit.
logged-out-at-provider = Log ook uit bij de inlogdienst
problem-login-too-weak = U moet veiliger inloggen
problem-login-too-weak-advice = Uw inlogdienst weet niet zeker genoeg wie u bent. Log opnieuw in en kies een veiligere manier. Dat kan met een app waarin u uw identiteitsbewijs hebt laten controleren. Lukt dat niet? Bel dan uw praktijk.
