// What the desk for incoming pages says, in the page's language. %s stands for a word or number.
const SAID = {
  saved: ["已保存", "Saved"],
  saving: ["正在保存…", "Saving…"],
  failed: ["保存失败", "Not saved"],
  offline: ["网络不通，改动先存在这台电脑上，连上后自动保存。", "No connection. Your changes are kept on this computer and saved when it is back."],
  loggedOut: ["登录已失效，改动先存在这台电脑上。请在新窗口登录，然后点“再试”。", "You are logged out; your changes are kept on this computer. Log in in a new window, then press “Try again”."],
  broken: ["服务器没有存上，改动先存在这台电脑上。", "The server could not save; your changes are kept on this computer."],
  retry: ["再试", "Try again"],
  newest: ["载入最新", "Load the newest"],
  kept: ["上次有改动没有存上，还在这台电脑上。", "Changes of your last visit were not saved; they are still on this computer."],
  keptOver: ["上次有改动没有存上，这期间别人改过这一页。接着用会盖掉别人的改动。", "Changes of your last visit were not saved, and somebody changed the page since. Using them overwrites theirs."],
  use: ["接着用", "Use them"],
  discard: ["不要了", "Discard"],
  nothing: ["这里没有可做的", "Nothing to do here"],
  noBefore: ["前面没有可接的", "Nothing stands before it"],
  noCaret: ["先点一下要断开的地方，或用 ← → 移动断点", "Click where to cut, or move there with ← →"],
  begins: ["已经是一篇的开头", "A story begins here already"],
  first: ["前面没有别的稿件", "No story stands before it"],
  undone: ["已撤销", "Undone"],
  redone: ["已重做", "Done again"],
  became: ["改为%s", "Now: %s"],
  joined: ["已接上", "Joined"],
  parted: ["已分开", "Parted"],
  cut: ["已断开", "Cut in two"],
  story: ["已另起一篇", "A story of its own"],
  merged: ["已并入上一篇", "Merged"],
  moved: ["已移到第%s篇", "Moved to story %s"],
  shifted: ["已移动", "Moved"],
  noDoubts: ["没有存疑了", "Nothing doubtful"],
  doubt: ["存疑：%s", "Doubtful: %s"],
  of: ["第%1篇 %2", "Story %1, %2"],
  ofPage: ["版面 %s", "Page: %s"],
  goesOn: ["接上段", "goes on"],
  toStory: ["第%1篇 %2", "Story %1 %2"],
  untitled: ["无题", "untitled"],
  hasIssue: ["已有%s", "There is %s"],
  noIssue: ["这一天还没有报纸", "No paper of that day yet"],
  take: ["收为草稿（%s篇）", "Make drafts (%s)"],
  uploading: ["%s　正在传…", "%s: uploading…"],
  reading: ["%s　正在读…", "%s: reading…"],
  sendFailed: ["%s　没有传上，网络不通或文件太大，请再试。", "%s could not be sent: no connection, or too large. Try again."],
  pasted: ["粘贴的文字", "Pasted text"],
};
const which = document.documentElement.lang.startsWith("en") ? 1 : 0;

export function words(name, ...values) {
  let said = SAID[name][which];
  values.forEach((value, at) => {
    said = said.replaceAll(`%${at + 1}`, value);
  });
  return values.length ? said.replace("%s", values[0]) : said;
}
