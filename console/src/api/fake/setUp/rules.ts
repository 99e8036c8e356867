import type { Setting } from '../../settings';

/** Rules on events of the demonstration, and whom they tell. */
export const EVENT_RULES: Setting<'event-rules'>[] = [
  {
    id: 'advertising',
    name: 'Advertising is spam',
    is_active: true,
    position: 10,
    on: ['created'],
    conditions: {
      all_of: [{ field: 'sender_domain', operator: 'is', values: ['offers.example'] }],
      any_of: [],
    },
    steps: [
      { kind: 'mark_spam', value: '', field: '', text: '' },
      { kind: 'stop', value: '', field: '', text: '' },
    ],
  },
  {
    id: 'refunds',
    name: 'Refunds are urgent',
    is_active: true,
    position: 20,
    on: ['created', 'customer_wrote'],
    conditions: {
      all_of: [{ field: 'body', operator: 'has', values: ['refund', 'money back'] }],
      any_of: [],
    },
    steps: [
      { kind: 'set_priority', value: 'high', field: '', text: '' },
      { kind: 'add_tag', value: 'refund', field: '', text: '' },
      {
        kind: 'reply',
        value: '',
        field: '',
        text: 'Hello {{requester.first_name|there}}, we look into it today.',
      },
    ],
  },
  {
    id: 'accounts',
    name: 'Tell the accounts system',
    is_active: false,
    position: 30,
    on: ['changed'],
    conditions: { all_of: [{ field: 'tags', operator: 'has', values: ['refund'] }], any_of: [] },
    steps: [{ kind: 'call_webhook', value: 'accounts', field: '', text: '' }],
  },
];

export const WEBHOOKS: Setting<'webhooks'>[] = [
  { id: 'accounts', name: 'Accounts', url: 'https://accounts.example.org/desk' },
];
