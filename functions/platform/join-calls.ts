import { setImmediate } from 'node:timers/promises';

/**
 * Joins the calls that are made in one turn of the event loop: one request serves them all, and fails for all.
 * @param ask makes the request for all inputs; its answer has the result of each
 */
export const joinCalls = <Input, Result>(
  ask: (inputs: readonly Input[]) => Promise<(input: Input) => Result | Promise<Result>>,
): ((input: Input) => Promise<Result>) => {
  let open: { readonly inputs: Input[]; readonly answer: ReturnType<typeof ask> } | undefined;

  const openRequest = () => {
    const inputs: Input[] = [];
    const answer = setImmediate().then(() => {
      open = undefined;
      return ask(inputs);
    });
    return { inputs, answer };
  };

  return async (input) => {
    open ??= openRequest();
    open.inputs.push(input);
    const select = await open.answer;
    return select(input);
  };
};
