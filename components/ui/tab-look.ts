/** How a row of tabs looks, whether they change the view or lead to other pages. */
export const tabList = "mb-4 flex gap-5 overflow-x-auto max-sm:gap-3.5 border-b";
export const tabItem =
  "-mb-px flex h-9 shrink-0 items-center gap-1.5 border-b-2 border-transparent text-s text-ink-2 -outline-offset-2 hover:text-ink";
