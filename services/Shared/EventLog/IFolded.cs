namespace LeftBehind.EventLog;

/// <summary>State that deciders need, folded from one stream's events. Folds are pure.</summary>
public interface IFolded<TSelf> where TSelf : class, IFolded<TSelf>
{
    /// <summary>The kind of stream, as stored with it.</summary>
    static abstract string StreamType { get; }

    /// <summary>The state before the first event.</summary>
    static abstract TSelf New(Guid id);

    /// <summary>The state after one more event.</summary>
    TSelf After(object @event);
}
