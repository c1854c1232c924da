type Attributes = Record<string, unknown>;

/** Names and values that stand in an expression. Remembers which were used: DynamoDB refuses those that were not. */
export interface Places {
  readonly names: Readonly<Record<string, string>>;
  readonly values: Readonly<Record<string, unknown>>;
  readonly used: Set<string>;
}

const tokensOf = (expression: string): string[] =>
  expression.match(/[#:]?\w+(?:\.#?\w+)*|<>|<=|>=|[<>=(),+-]/g) ?? [];

const nameOf = (token: string, { names, used }: Places): string[] =>
  token.split('.').map((part) => {
    if (!part.startsWith('#')) return part;
    used.add(part);
    const name = names[part];
    if (name === undefined) throw new Error(`the expression names ${part}, which nobody gave`);
    return name;
  });

const isObject = (value: unknown): value is Attributes => typeof value === 'object' && value !== null;

const attribute = (item: Attributes, path: readonly string[]): unknown =>
  path.reduce<unknown>((value, name) => (isObject(value) ? value[name] : undefined), item);

const operand = (item: Attributes, token: string, places: Places): unknown => {
  if (!token.startsWith(':')) return attribute(item, nameOf(token, places));
  places.used.add(token);
  if (places.values[token] === undefined) throw new Error(`the expression uses ${token}, which nobody gave`);
  return places.values[token];
};

const same = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);

const compare = (a: unknown, sign: string, b: unknown): boolean => {
  if (sign === '<>') return !same(a, b);
  if (a === undefined || b === undefined) return false;
  if (sign === '=') return same(a, b);
  if ((typeof a !== 'string' || typeof b !== 'string') && (typeof a !== 'number' || typeof b !== 'number'))
    return false;
  if (sign === '<') return a < b;
  if (sign === '<=') return a <= b;
  return sign === '>' ? a > b : a >= b;
};

/** Whether a condition holds for an item: comparisons, `attribute_(not_)exists`, AND, OR, parentheses. */
export const holds = (item: Attributes, expression: string, places: Places): boolean => {
  const tokens = tokensOf(expression);
  const next = (): string => tokens.shift() ?? '';
  const expect = (token: string): void => {
    if (next() !== token) throw new Error(`${token} is missing in ${expression}`);
  };
  const term = (): boolean => {
    const token = next();
    if (token === '(') {
      const inner = either();
      expect(')');
      return inner;
    }
    if (token === 'attribute_not_exists' || token === 'attribute_exists') {
      expect('(');
      const exists = operand(item, next(), places) !== undefined;
      expect(')');
      return exists === (token === 'attribute_exists');
    }
    const left = operand(item, token, places);
    const sign = next();
    return compare(left, sign, operand(item, next(), places));
  };
  const both = (): boolean => {
    let result = term();
    while (tokens[0] === 'AND') {
      next();
      result = term() && result;
    }
    return result;
  };
  const either = (): boolean => {
    let result = both();
    while (tokens[0] === 'OR') {
      next();
      result = both() || result;
    }
    return result;
  };
  const result = either();
  if (tokens.length > 0) throw new Error(`not understood: ${tokens.join(' ')} of ${expression}`);
  return result;
};

const one = (path: readonly string[], expression: string): string => {
  if (path.length !== 1 || path[0] === undefined) throw new Error(`a nested name in ${expression}`);
  return path[0];
};

/** An item after an update: SET with values, `if_not_exists` and sums, REMOVE, and ADD of numbers. */
export const updated = (item: Attributes, expression: string, places: Places): Attributes => {
  const tokens = tokensOf(expression);
  const next = (): string => tokens.shift() ?? '';
  const result: Attributes = { ...item };
  const value = (): unknown => {
    const token = next();
    if (token !== 'if_not_exists') return operand(item, token, places);
    next();
    const known = operand(item, next(), places);
    next();
    const fallback = operand(item, next(), places);
    next();
    return known ?? fallback;
  };
  const sum = (): unknown => {
    let total = value();
    while (tokens[0] === '+' || tokens[0] === '-') {
      const sign = next();
      const more = value();
      if (typeof total !== 'number' || typeof more !== 'number')
        throw new Error('only numbers can be summed');
      total = sign === '+' ? total + more : total - more;
    }
    return total;
  };
  const actions: Readonly<Record<string, () => void>> = {
    SET: () => {
      const name = one(nameOf(next(), places), expression);
      next();
      result[name] = sum();
    },
    REMOVE: () => {
      delete result[one(nameOf(next(), places), expression)];
    },
    ADD: () => {
      const name = one(nameOf(next(), places), expression);
      const by = operand(item, next(), places);
      const known = item[name] ?? 0;
      if (typeof by !== 'number' || typeof known !== 'number') throw new Error('only numbers can be added');
      result[name] = known + by;
    },
  };
  while (tokens.length > 0) {
    const action = actions[next()];
    if (!action) throw new Error(`not understood: ${expression}`);
    do action();
    while (tokens[0] === ',' && next());
  }
  return result;
};
