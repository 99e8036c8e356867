import type { SuspensionReason } from '../../api/adminDesk';

export const REASONS: readonly SuspensionReason[] = [
  'spam',
  'virus',
  'dmarc',
  'blocked',
  'own_address',
  'loop',
  'automatic',
  'bounce',
  'too_many',
  'repeated',
  'unverified_agent',
  'not_possible',
  'unreadable',
  'forwarding_confirmation',
];

/** How much care a mail asks for before it is let in. */
export const TONES: Partial<Record<SuspensionReason, 'bad' | 'risk' | 'good'>> = {
  virus: 'bad',
  spam: 'bad',
  dmarc: 'bad',
  blocked: 'risk',
  own_address: 'risk',
  loop: 'risk',
  unverified_agent: 'risk',
  forwarding_confirmation: 'good',
};
