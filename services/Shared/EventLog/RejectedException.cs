namespace LeftBehind.EventLog;

/// <summary>A command that the rules do not allow now, in the field's words. Never carries personal data.</summary>
public sealed class RejectedException(string why) : Exception(why);
