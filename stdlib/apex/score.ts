/** How a mask's weights were ranked (`lethe apex mask --score`). */
export type Score = 'saliency' | 'ratio';
