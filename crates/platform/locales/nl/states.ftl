### What is read when there is nothing yet, or too much.

overview-empty-next = Maakt de praktijk een afspraak voor u? Dan ziet u die hier ook.
overview-no-practice = Er is hier nog geen praktijk van u bekend. Voeg eerst uw praktijk toe. Daarna kunt u een afspraak maken.
problem-too-large = Dit is te veel om te versturen
problem-too-large-advice = Er is niets gewijzigd. Ga terug en maak uw tekst korter.
