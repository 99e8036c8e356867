import type { Story } from './stories';

/** A thread in which mail goes wrong in more than one way. */
export const MAIL_TROUBLE: Story = {
  subject: 'Where is my replacement part?',
  department: 'shipping',
  status: 'answered',
  channel: 'mail',
  assignee: 'ana',
  tags: ['delivery'],
  due: null,
  participants: ['workshop@example.org'],
  lines: [
    {
      by: 'customer',
      minutes: 320,
      text: 'The part should have been here on Monday. Please tell our workshop too.',
      more: { copied: ['workshop@example.org', 'buyer@example.org'], verified: false },
    },
    {
      by: 'note',
      agent: 'ana',
      minutes: 300,
      text: 'Called the carrier: it left the depot this morning.',
      more: { channel: 'phone' },
    },
    {
      by: 'reply',
      agent: 'ana',
      minutes: 290,
      text: 'It left the depot this morning and should reach you tomorrow.',
      delivery: 'bounced',
    },
    {
      by: 'customer',
      minutes: 289,
      text: 'I am out of the office until Monday and read your mail then.',
      more: { kind: 'automatic_reply' },
    },
  ],
};
