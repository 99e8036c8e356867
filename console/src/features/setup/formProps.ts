import type { SettingKind } from '../../api/settings';
import type { SettingForm } from './useSettingForm';

/** What the fields of one kind of setting get: the form that they are part of. */
export interface FormProps<K extends SettingKind> {
  form: SettingForm<K>;
}
