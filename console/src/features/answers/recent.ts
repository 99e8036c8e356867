const MOST = 20;
const keyOf = (agent: string): string => `chamado.answers.${agent}`;

/** The words that this person put in last, newest first: a slash and Enter give them again. */
export function recentAnswers(agent: string): string[] {
  try {
    const found: unknown = JSON.parse(localStorage.getItem(keyOf(agent)) ?? '[]');
    return Array.isArray(found) ? found.filter((id) => typeof id === 'string') : [];
  } catch {
    return [];
  }
}

export function rememberAnswer(agent: string, id: string): void {
  const others = recentAnswers(agent).filter((known) => known !== id);
  try {
    localStorage.setItem(keyOf(agent), JSON.stringify([id, ...others].slice(0, MOST)));
  } catch {
    // Without storage they stand in the order of their titles.
  }
}
