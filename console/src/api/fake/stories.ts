import type { Channel, Message, Priority, Status, Ticket } from '../types';
import { MAIL_TROUBLE } from './mailTrouble';

/** One line of a demo thread; `minutes` before now. */
export interface Line {
  by: 'customer' | 'reply' | 'note' | 'system';
  agent?: string;
  minutes: number;
  text: string;
  html?: string;
  quoted?: string;
  files?: [name: string, type: string, size: number][];
  delivery?: 'queued' | 'sent' | 'delivered' | 'bounced' | 'failed';
  /** What else is special about the message. */
  more?: Partial<Message>;
}

export interface Story {
  subject: string;
  department: string;
  status: Status;
  priority?: Priority;
  channel?: Channel;
  assignee?: string;
  tags?: string[];
  /** Minutes until the nearest target; negative when it is over, null without a promise. */
  due: number | null;
  participants?: string[];
  /** What else is special about the ticket. */
  more?: Partial<Ticket>;
  lines: Line[];
}

const INVOICE_HTML = `<p>Hello,</p><p>the VAT on invoice <b>2041</b> is 23 %, but we are
registered in Spain and our number was accepted in January:</p>
<table border="1" cellpadding="6" style="border-collapse:collapse"><tr><th align="left">Line</th>
<th align="right">Net</th><th align="right">VAT</th></tr><tr><td>Annual plan, 12 seats</td>
<td align="right">1,440.00</td><td align="right">331.20</td></tr><tr><td>Set-up</td>
<td align="right">200.00</td><td align="right">46.00</td></tr></table>
<p>Could you send a corrected one before the 30th? Our auditors close the month then.</p>
<p>Thank you,<br>Marta</p>
<p><img alt="Company logo" width="96" height="32" data-remote-src="https://example.com/logo.png"></p>`;

export const STORIES: Story[] = [
  {
    subject: 'Invoice 2041 shows the wrong VAT',
    department: 'billing',
    status: 'open',
    priority: 'high',
    channel: 'mail',
    assignee: 'ana',
    tags: ['vat', 'invoice'],
    more: { ticked: ['msg-1042-2:0'] },
    due: 24,
    participants: ['accounts@example.com', 'jonas@example.com'],
    lines: [
      {
        by: 'customer',
        minutes: 172,
        text: 'Hello,\n\nthe VAT on invoice 2041 is 23 %, but we are registered in Spain and our number was accepted in January. Could you send a corrected one before the 30th? Our auditors close the month then.\n\nThank you,\nMarta',
        html: INVOICE_HTML,
        files: [['invoice-2041.pdf', 'application/pdf', 184_320]],
      },
      {
        by: 'reply',
        agent: 'ana',
        minutes: 141,
        text: 'Hello Marta,\n\nthank you, I see it. Your VAT number is stored on the account, but the invoice was made the day before it was accepted. I am asking our finance team to issue a corrected one.\n\nWould a credit note plus a new invoice work for your auditors?',
        delivery: 'delivered',
      },
      {
        by: 'note',
        agent: 'diego',
        minutes: 96,
        text: 'Finance can do the credit note today if we confirm the date before 16:00. The template is at https://example.com/finance/credit-notes',
        more: {
          items: ['Confirm the date with finance', 'Send the credit note', 'Send the new invoice'],
          mentions: ['ben'],
        },
      },
      {
        by: 'customer',
        minutes: 31,
        text: 'A credit note and a new invoice are fine. Please date both of them this month.',
        quoted:
          '\n\nOn Tuesday, Ana Demo wrote:\n> Hello Marta,\n>\n> thank you, I see it. Your VAT number is stored on the account, but the\n> invoice was made the day before it was accepted.\n>\n> Would a credit note plus a new invoice work for your auditors?',
      },
    ],
  },
  {
    subject: 'Cannot sign in after changing my phone',
    department: 'technical',
    status: 'new',
    priority: 'urgent',
    channel: 'form',
    tags: ['sign-in', '2fa'],
    due: -18,
    lines: [
      {
        by: 'customer',
        minutes: 78,
        text: 'I have a new phone and the code app is empty. The recovery codes were on the old one. I have a demonstration with a client at four and cannot get into our account.',
        files: [
          ['screen-1.png', 'image/png', 412_000],
          ['screen-2.png', 'image/png', 388_120],
        ],
      },
    ],
  },
  {
    subject: 'Parcel delivered to the wrong address',
    department: 'shipping',
    status: 'open',
    priority: 'high',
    channel: 'mail',
    assignee: 'carla',
    tags: ['delivery'],
    due: 47,
    more: { type_id: 'return', fields: { order: '7718', pieces: 2, wants: ['exchange'] } },
    lines: [
      {
        by: 'customer',
        minutes: 310,
        text: 'The tracking says delivered, but nobody here has it.',
      },
      {
        by: 'reply',
        agent: 'carla',
        minutes: 290,
        text: 'I am sorry about that. I have asked the carrier for the proof of delivery and will write as soon as they answer.',
        delivery: 'bounced',
      },
      {
        by: 'customer',
        minutes: 55,
        text: 'Our neighbour two doors down has it. Who collects it?',
      },
    ],
  },
  {
    subject: 'Export stops at 10,000 rows',
    department: 'technical',
    status: 'open',
    channel: 'api',
    assignee: 'ana',
    tags: ['export', 'bug'],
    due: 95,
    lines: [
      {
        by: 'customer',
        minutes: 400,
        text: 'Exports of the orders report end after exactly 10,000 rows, with no error. We need about 42,000.',
      },
      {
        by: 'note',
        agent: 'ben',
        minutes: 230,
        text: 'Reproduced. The page size is capped twice.',
      },
    ],
  },
  {
    subject: 'Change of the bank account for direct debit',
    department: 'billing',
    status: 'new',
    channel: 'form',
    tags: ['payment'],
    due: 128,
    lines: [
      { by: 'customer', minutes: 52, text: 'We changed banks. Which form do you need from us?' },
    ],
  },
  {
    subject: 'Refund for the duplicate charge in May',
    department: 'billing',
    status: 'answered',
    assignee: 'ana',
    channel: 'mail',
    tags: ['refund'],
    due: 1460,
    lines: [
      { by: 'customer', minutes: 1500, text: 'We were charged twice on 12 May.' },
      {
        by: 'reply',
        agent: 'ana',
        minutes: 1440,
        text: 'You were; the second charge is on its way back and should arrive within three days.',
        delivery: 'sent',
      },
    ],
  },
  {
    subject: 'Webhook deliveries are late since Monday',
    department: 'technical',
    status: 'postponed',
    priority: 'normal',
    assignee: 'ana',
    channel: 'mail',
    tags: ['webhooks'],
    due: 900,
    lines: [
      { by: 'customer', minutes: 2900, text: 'Events arrive between 5 and 20 minutes late.' },
      {
        by: 'reply',
        agent: 'ana',
        minutes: 2700,
        text: 'We changed the retry schedule today. I will look at your deliveries again tomorrow morning and write to you.',
        delivery: 'delivered',
      },
    ],
  },
  {
    subject: 'Factura duplicada del pedido 5530',
    department: 'billing',
    status: 'new',
    channel: 'mail',
    tags: ['invoice'],
    due: 176,
    lines: [
      { by: 'customer', minutes: 20, text: 'Hola, he recibido dos facturas del mismo pedido.' },
    ],
  },
  MAIL_TROUBLE,
];

/** Fills the lists: subject, first words, department, tag. */
export const FILLERS: [string, string, string, string][] = [
  [
    'Where is my order 7718?',
    'It was to come on Friday. The tracking has not moved.',
    'shipping',
    'delivery',
  ],
  [
    'Add three seats to our plan',
    'Please add three seats from the first of the month.',
    'billing',
    'plan',
  ],
  [
    'The report page is blank',
    'Since this morning the report page stays white in Firefox.',
    'technical',
    'reports',
  ],
  [
    'Return label for a broken item',
    'One of the four lamps came broken. How do I return it?',
    'shipping',
    'return',
  ],
  [
    'Purchase order number missing',
    'Our accounting needs the PO number on the invoice.',
    'billing',
    'invoice',
  ],
  [
    'API key was revoked by mistake',
    'A colleague revoked the key of our shop. Can it come back?',
    'technical',
    'api',
  ],
  ['Não consigo baixar o recibo', 'O botão de baixar o recibo não faz nada.', 'billing', 'invoice'],
  [
    'Delivery on Saturday?',
    'Is it possible to deliver on a Saturday morning?',
    'shipping',
    'delivery',
  ],
  [
    'Dates are shown in the wrong zone',
    'All our dates are one hour early since the weekend.',
    'technical',
    'bug',
  ],
  [
    'Proof of payment attached',
    'Please find the proof of payment for invoice 1998.',
    'billing',
    'payment',
  ],
  [
    'Two users share one mailbox',
    'How do we give two people access to the same mailbox?',
    'technical',
    'account',
  ],
  ['Wrong size sent', 'I ordered M and got L. Can you exchange it?', 'shipping', 'return'],
];
