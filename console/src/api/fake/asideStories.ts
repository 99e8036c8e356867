import type { Story } from './stories';

const DAY = 24 * 60;
const inDays = (days: number) => new Date(Date.now() + days * DAY * 60_000).toISOString();

/** Tickets that are special: one that stays in the house, one that was thrown away. */
export const ASIDE: Story[] = [
  {
    subject: 'Check the backup of the billing server',
    department: 'technical',
    status: 'open',
    assignee: 'ana',
    channel: 'console',
    tags: ['maintenance'],
    due: 300,
    more: { internal: true },
    lines: [{ by: 'note', agent: 'ben', minutes: 200, text: 'Once a quarter; the last was good.' }],
  },
  {
    subject: 'You have won a voucher',
    department: 'billing',
    status: 'spam',
    channel: 'mail',
    due: null,
    more: { gone_at: inDays(26) },
    lines: [{ by: 'customer', minutes: 4 * DAY, text: 'Click here to claim your voucher.' }],
  },
];
