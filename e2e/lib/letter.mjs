// A mail as its reader has it: parsed by an independent MIME parser, its calendar file by an independent iCalendar one.
import ICAL from 'ical.js';
import PostalMime from 'postal-mime';

/** The mail's headers, subject, text, HTML and, where it has one, what it brings to a calendar. */
export async function readLetter(raw) {
  const mail = await PostalMime.parse(raw, { attachmentEncoding: 'utf8' });
  const files = mail.attachments.filter(({ mimeType }) => mimeType === 'text/calendar');
  return {
    headers: Object.fromEntries(mail.headers.map(({ key, value }) => [key, value])),
    id: mail.messageId,
    from: mail.from,
    to: mail.to,
    subject: mail.subject,
    text: mail.text,
    html: mail.html,
    attachments: mail.attachments,
    calendar: files.length > 0 ? readCalendar(files[0].content) : undefined,
    calendarMethods: files.map(({ method }) => method),
  };
}

/** What a calendar program takes from the file, by its own time zone's rules. */
export function readCalendar(text) {
  const calendar = new ICAL.Component(ICAL.parse(text));
  ICAL.TimezoneService.reset();
  for (const zone of calendar.getAllSubcomponents('vtimezone')) ICAL.TimezoneService.register(zone);
  const visit = calendar.getFirstSubcomponent('vevent');
  const event = new ICAL.Event(visit);
  const instant = (name) => new Date(visit.getFirstPropertyValue(name).toUnixTime() * 1000).toISOString();
  const person = (property) => property && { ...property.toJSON()[1], address: property.getFirstValue() };
  return {
    method: calendar.getFirstPropertyValue('method'),
    uid: event.uid,
    sequence: event.sequence,
    start: instant('dtstart'),
    end: instant('dtend'),
    zone: visit.getFirstProperty('dtstart').getParameter('tzid'),
    status: visit.getFirstPropertyValue('status'),
    summary: event.summary,
    location: event.location,
    organizer: person(visit.getFirstProperty('organizer')),
    attendee: person(visit.getFirstProperty('attendee')),
    events: calendar.getAllSubcomponents('vevent').length,
  };
}
