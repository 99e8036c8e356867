import type { Setting } from '../../api/settings';
import { SinglePage } from '../setup/SinglePage';
import { DeskForm } from './DeskForm';

const UNTOLD: Setting<'desk'> = {
  id: 'desk',
  name: '',
  accent: '#2f5bd0',
  languages: ['en'],
  logo_url: '',
};

export function DeskPage() {
  return <SinglePage kind="desk" fallback={UNTOLD} fields={DeskForm} />;
}
