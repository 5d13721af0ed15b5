### What is read when there is nothing yet, or too much.

overview-empty-next = Does the practice make an appointment for you? Then you will see it here too.
overview-no-practice = We do not know any practice of yours yet. Add your practice first. After that you can make an appointment.
problem-too-large = This is too much to send
problem-too-large-advice = Nothing was changed. Go back and make your text shorter.
