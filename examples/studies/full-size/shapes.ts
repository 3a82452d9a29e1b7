/**
 * Names and shapes of two published models, as Hugging Face's transformers writes them; smaller ones by the options.
 */

export type Shapes = readonly (readonly [name: string, shape: readonly number[]])[];

const linear = (name: string, out: number, inner: number): Shapes => [
  [`${name}.weight`, [out, inner]],
  [`${name}.bias`, [out]],
];
const norm = (name: string, width: number): Shapes => [
  [`${name}.weight`, [width]],
  [`${name}.bias`, [width]],
];
const layersOf = (count: number, one: (layer: number) => Shapes): Shapes =>
  Array.from({ length: count }, (_, layer) => one(layer)).flat();

/** google/vit-base-patch16-224, ViTForImageClassification; 197 positions, 1000 classes at full size. */
export function vitShapes({
  width = 768,
  layers = 12,
  classes = 1000,
  prefix = 'vit.',
} = {}): Shapes {
  return [
    [`${prefix}embeddings.cls_token`, [1, 1, width]],
    [`${prefix}embeddings.position_embeddings`, [1, 197, width]],
    [`${prefix}embeddings.patch_embeddings.projection.weight`, [width, 3, 16, 16]],
    [`${prefix}embeddings.patch_embeddings.projection.bias`, [width]],
    ...layersOf(layers, (layer) => {
      const at = `${prefix}encoder.layer.${layer}`;
      return [
        ...linear(`${at}.attention.attention.query`, width, width),
        ...linear(`${at}.attention.attention.key`, width, width),
        ...linear(`${at}.attention.attention.value`, width, width),
        ...linear(`${at}.attention.output.dense`, width, width),
        ...linear(`${at}.intermediate.dense`, 4 * width, width),
        ...linear(`${at}.output.dense`, width, 4 * width),
        ...norm(`${at}.layernorm_before`, width),
        ...norm(`${at}.layernorm_after`, width),
      ];
    }),
    ...norm(`${prefix}layernorm`, width),
    ...linear('classifier', classes, width),
  ];
}

/** facebook/opt-125m, OPTForCausalLM without the tied head; 50272 tokens at full size. */
export function optShapes({
  width = 768,
  layers = 12,
  tokens = 50272,
  prefix = 'model.',
} = {}): Shapes {
  return [
    [`${prefix}decoder.embed_tokens.weight`, [tokens, width]],
    [`${prefix}decoder.embed_positions.weight`, [2050, width]],
    ...norm(`${prefix}decoder.final_layer_norm`, width),
    ...layersOf(layers, (layer) => {
      const at = `${prefix}decoder.layers.${layer}`;
      return [
        ...['k_proj', 'v_proj', 'q_proj', 'out_proj'].flatMap((name) =>
          linear(`${at}.self_attn.${name}`, width, width),
        ),
        ...norm(`${at}.self_attn_layer_norm`, width),
        ...linear(`${at}.fc1`, 4 * width, width),
        ...linear(`${at}.fc2`, width, 4 * width),
        ...norm(`${at}.final_layer_norm`, width),
      ];
    }),
  ];
}
