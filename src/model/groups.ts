/** Adds an item to its group. Groups grow in place: one may hold as much as an account. */
export function addTo<K, V>(groups: Map<K, V[]>, name: K, item: V): void {
  const group = groups.get(name);
  if (group) group.push(item);
  else groups.set(name, [item]);
}
