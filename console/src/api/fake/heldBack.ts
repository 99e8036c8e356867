import type { SuspendedMailDetail, SuspensionReason } from '../adminDesk';

export type HeldBack = SuspendedMailDetail;

const MINUTE = 60_000;

const LINES: readonly [SuspensionReason, string, string, string][] = [
  ['spam', 'prize@lottery.example', 'You have won', 'Answer within a day to get your prize.'],
  [
    'forwarding_confirmation',
    'forwarding@mail.example',
    'Confirmation of a forwarding',
    'invoices@example.com asks to forward its mail to billing@desk.example.',
  ],
  ['dmarc', 'accounts@bank.example', 'Your account', 'Please sign in to keep your account.'],
  ['virus', 'scan@example.net', 'Scanned document', ''],
  ['automatic', 'no-reply@shop.example', 'Your order 4711 was received', 'Thank you for buying.'],
  ['bounce', 'mailer-daemon@example.org', 'Undelivered mail', 'User unknown.'],
  ['too_many', 'eager@example.com', 'One question more', 'And another one, sorry.'],
  ['repeated', 'eager@example.com', 'One question', 'Where is my parcel?'],
  ['unverified_agent', 'ben@example.com', 'Re: #1042', 'Please close this one.'],
  ['blocked', 'x@spam.example', 'Cheap watches', 'Only today.'],
  ['own_address', 'help@desk.example', 'Re: Re: Re: Hello', 'This went round in a circle.'],
  ['loop', 'robot@example.net', 'Re: Re: Re: Re: Automatic answer', 'I am away.'],
  ['unreadable', 'old@example.org', '(no subject)', ''],
  ['not_possible', 'carla@example.com', 'Fwd: a question', 'Please see below.'],
];

/** Mails that the demo desk kept out, newest first: one of each reason. */
export function heldBack(now: number): HeldBack[] {
  return LINES.map(([reason, from_address, subject, text], index) => {
    const isConfirmation = reason === 'forwarding_confirmation';
    return {
      id: `01K${String(99 - index).padStart(23, '0')}`,
      received_at: new Date(now - (index * 73 + 9) * MINUTE).toISOString(),
      reason,
      from_address,
      subject,
      size: 2400 + index * 8123,
      detail: '',
      text,
      recipients: [isConfirmation ? 'billing@desk.example' : 'help@desk.example'],
      verdicts: {
        spam: reason === 'spam' ? 'FAIL' : 'PASS',
        virus: reason === 'virus' ? 'FAIL' : 'PASS',
        spf: 'PASS',
        dkim: reason === 'dmarc' ? 'FAIL' : 'PASS',
        dmarc: reason === 'dmarc' ? 'FAIL' : 'PASS',
      },
      confirmation_code: isConfirmation ? '482 913 077' : '',
      confirmation_url: isConfirmation ? 'https://mail.example/confirm/482913077' : '',
    };
  });
}
