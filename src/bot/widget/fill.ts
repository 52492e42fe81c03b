/** Puts a value into the place that a text keeps for it. */
export const fill = (template: string, value: string | number): string => template.replace('{}', () => `${value}`);
