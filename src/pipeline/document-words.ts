/** A type of document in the middle of a sentence: `application-advice` is "application advice". */
export function wordsFor(type: string): string {
  return type.replaceAll("-", " ");
}

/** The same at the beginning of one. */
export function wordsAtStart(type: string): string {
  const words = wordsFor(type);
  return words.charAt(0).toUpperCase() + words.slice(1);
}
