import { apiKeyPages } from '../apiKeys/pages';
import { mailPages } from '../mailAdmin/pages';
import { peoplePages } from '../peopleSetup/pages';
import { promisePages } from '../promises/pages';
import { rulePages } from '../rules/pages';
import { ticketPages } from '../ticketSetup/pages';
import { viewPages } from '../views/pages';
import { SETUP_GROUPS, type SetupPage } from './page';

/** Every page of the set-up: a feature adds its own by one line. */
const PAGES: readonly SetupPage[] = [
  ...rulePages,
  ...ticketPages,
  ...viewPages,
  ...promisePages,
  ...peoplePages,
  ...apiKeyPages,
  ...mailPages,
];

/** The pages by group, as they stand in the navigation; a group without pages is not shown. */
export const SETUP_PAGES = SETUP_GROUPS.map((group) => ({
  group,
  pages: PAGES.filter((page) => page.group === group),
})).filter(({ pages }) => pages.length > 0);

export const FIRST_PAGE = SETUP_PAGES[0]?.pages[0]?.id ?? '';

export function setupPage(id: string | null): SetupPage | undefined {
  return PAGES.find((page) => page.id === id);
}
