// The letters of what is rendered.

/** Fonts that are as wide as each other. A picture has no other letters than those of the machine on
 * which it is looked at, and its boxes are made for the letters of the machine that drew it. */
export const FONTS = 'Arial, "Liberation Sans", Arimo, Helvetica, sans-serif';
