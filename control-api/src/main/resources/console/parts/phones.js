// The sandbox's phones, as its documentation names them.

const PREFIX = '+155501000';

export const PHONES = [
  ['01', 'A person', '“Hello?”, then stays on the line, ten minutes at most.'],
  ['02', 'Voicemail', 'A greeting, a beep, then it records.'],
  ['03', 'Busy', 'Answers 486 at once.'],
  ['04', 'Rings for ever', 'Never answers; your ring timeout ends it.'],
  ['05', 'Declines', 'Rings, then 603.'],
  ['06', 'Echo', 'Sends back what it hears.'],
  ['07', 'Menu', 'Speaks a menu and takes digits.'],
  ['08', 'Call screener', 'A machine that asks for your name, then puts you through.'],
  ['09', 'Fax', 'Answers with 2100 Hz.'],
  ['10', 'Early media', 'Is heard before it answers, then a person.'],
  ['11', 'Puts you on hold', 'After five seconds, for five seconds.'],
  ['12', 'Unavailable', 'Answers 503.'],
  ['13', 'Hangs up', 'Answers and hangs up at once.'],
  ['14', 'Voicemail without a beep', 'A greeting, then silence.'],
  ['15', 'A bad line', '8 % loss and 40 ms of jitter.'],
  ['16', 'No audio', 'Answers, but sends no RTP at all.'],
].map(([suffix, name, text]) => [PREFIX + suffix, name, text]);
