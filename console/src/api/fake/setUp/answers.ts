import type { Answer } from '../../answersDesk';

const of = (answer: Partial<Answer> & Pick<Answer, 'id' | 'kind' | 'title'>): Answer => ({
  owner: answer.id.split('~')[0] ?? 'desk',
  text: '',
  folder: '',
  steps: [],
  files: [],
  may_change: true,
  version: 1,
  ...answer,
});

/** Ready-made words of the demonstration. */
export const ANSWERS: Answer[] = [
  of({
    id: 'desk~canned_message~hello',
    kind: 'canned_message',
    title: 'Greeting',
    text: 'Hello {{requester.first_name|there}}, thank you for your message.',
  }),
  of({
    id: 'desk~canned_message~more',
    kind: 'canned_message',
    title: 'Ask for the order number',
    text: 'Could you send us the order number? It stands on the first page of the invoice.',
    folder: 'Orders',
  }),
  of({
    id: 'desk~predefined_answer~return',
    kind: 'predefined_answer',
    title: 'How to send something back',
    text: 'Put the return note into the box and bring it to any post office within 30 days.',
    folder: 'Orders',
    files: [
      {
        id: 'answer-1',
        filename: 'return-note.pdf',
        content_type: 'application/pdf',
        size: 48_120,
      },
    ],
  }),
  of({
    id: 'desk~macro~refund',
    kind: 'macro',
    title: 'Refund granted',
    text: 'We refund the amount of ticket {{ticket.number}} within five days.',
    folder: 'Money',
    steps: [{ kind: 'add_tag', value: 'refund', field: '', text: '' }],
  }),
  of({
    id: 'agent:ana~canned_message~bye',
    kind: 'canned_message',
    title: 'My closing line',
    text: 'Write to me any time.',
  }),
];
