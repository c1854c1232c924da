type Attributes = Record<string, unknown>;

/** Names and values that stand in an expression. Remembers which were used: DynamoDB refuses those that were not. */
export interface ExpressionAttributes {
  readonly names: Readonly<Record<string, string>>;
  readonly values: Readonly<Record<string, unknown>>;
  readonly used: Set<string>;
}

const tokenPattern = /[#:]?\w+(?:\.#?\w+)*|<>|<=|>=|[<>=(),+-]/g;
/** Of the few expressions that there are. */
const knownTokens = new Map<string, readonly string[]>();
const tokenize = (expression: string): string[] => {
  const tokens = knownTokens.get(expression) ?? expression.match(tokenPattern) ?? [];
  knownTokens.set(expression, tokens);
  return [...tokens];
};

const resolveName = (token: string, { names, used }: ExpressionAttributes): string[] =>
  token.split('.').map((part) => {
    if (!part.startsWith('#')) return part;
    used.add(part);
    const name = names[part];
    if (name === undefined) throw new Error(`the expression names ${part}, which nobody gave`);
    return name;
  });

const isObject = (value: unknown): value is Attributes => typeof value === 'object' && value !== null;

const readAttribute = (item: Attributes, path: readonly string[]): unknown =>
  path.reduce<unknown>((value, name) => (isObject(value) ? value[name] : undefined), item);

const readOperand = (item: Attributes, token: string, places: ExpressionAttributes): unknown => {
  if (!token.startsWith(':')) return readAttribute(item, resolveName(token, places));
  places.used.add(token);
  if (places.values[token] === undefined) throw new Error(`the expression uses ${token}, which nobody gave`);
  return places.values[token];
};

const isEqual = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);

const compare = (a: unknown, operator: string, b: unknown): boolean => {
  if (operator === '<>') return !isEqual(a, b);
  if (a === undefined || b === undefined) return false;
  if (operator === '=') return isEqual(a, b);
  if ((typeof a !== 'string' || typeof b !== 'string') && (typeof a !== 'number' || typeof b !== 'number'))
    return false;
  if (operator === '<') return a < b;
  if (operator === '<=') return a <= b;
  return operator === '>' ? a > b : a >= b;
};

/** Whether a condition holds for an item: comparisons, `attribute_(not_)exists`, AND, OR, parentheses. */
export const isConditionMet = (item: Attributes, expression: string, places: ExpressionAttributes): boolean => {
  const tokens = tokenize(expression);
  const next = (): string => tokens.shift() ?? '';
  const expect = (token: string): void => {
    if (next() !== token) throw new Error(`${token} is missing in ${expression}`);
  };
  const parseTerm = (): boolean => {
    const token = next();
    if (token === '(') {
      const inner = parseDisjunction();
      expect(')');
      return inner;
    }
    if (token === 'attribute_not_exists' || token === 'attribute_exists') {
      expect('(');
      const exists = readOperand(item, next(), places) !== undefined;
      expect(')');
      return exists === (token === 'attribute_exists');
    }
    const left = readOperand(item, token, places);
    const sign = next();
    return compare(left, sign, readOperand(item, next(), places));
  };
  const parseConjunction = (): boolean => {
    let result = parseTerm();
    while (tokens[0] === 'AND') {
      next();
      result = parseTerm() && result;
    }
    return result;
  };
  const parseDisjunction = (): boolean => {
    let result = parseConjunction();
    while (tokens[0] === 'OR') {
      next();
      result = parseConjunction() || result;
    }
    return result;
  };
  const result = parseDisjunction();
  if (tokens.length > 0) throw new Error(`not understood: ${tokens.join(' ')} of ${expression}`);
  return result;
};

const requireSingleName = (path: readonly string[], expression: string): string => {
  if (path.length !== 1 || path[0] === undefined) throw new Error(`a nested name in ${expression}`);
  return path[0];
};

/** An item after an update: SET with values, `if_not_exists` and sums, REMOVE, and ADD of numbers. */
export const applyUpdate = (item: Attributes, expression: string, places: ExpressionAttributes): Attributes => {
  const tokens = tokenize(expression);
  const next = (): string => tokens.shift() ?? '';
  const result: Attributes = { ...item };
  const readValue = (): unknown => {
    const token = next();
    if (token !== 'if_not_exists') return readOperand(item, token, places);
    next();
    const known = readOperand(item, next(), places);
    next();
    const fallback = readOperand(item, next(), places);
    next();
    return known ?? fallback;
  };
  const readSum = (): unknown => {
    let total = readValue();
    while (tokens[0] === '+' || tokens[0] === '-') {
      const sign = next();
      const more = readValue();
      if (typeof total !== 'number' || typeof more !== 'number') throw new Error('only numbers can be summed');
      total = sign === '+' ? total + more : total - more;
    }
    return total;
  };
  const actions: Readonly<Record<string, () => void>> = {
    SET: () => {
      const name = requireSingleName(resolveName(next(), places), expression);
      next();
      result[name] = readSum();
    },
    REMOVE: () => {
      delete result[requireSingleName(resolveName(next(), places), expression)];
    },
    ADD: () => {
      const name = requireSingleName(resolveName(next(), places), expression);
      const by = readOperand(item, next(), places);
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
