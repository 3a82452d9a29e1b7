// Imported into a worker, this stands for native code that gives up on certain bytes.
process.on('message', (message) => {
  const { proof } = message as { readonly proof?: Uint8Array };
  if (proof?.length === 3) process.exit(134);
});
