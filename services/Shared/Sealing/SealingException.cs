namespace LeftBehind.Sealing;

/// <summary>Something sealed cannot be read or written: another key, a changed byte, a key of another master. Never says what was sealed.</summary>
public class SealingException(string message) : Exception(message);

/// <summary>The person's key was destroyed, so nothing more can be sealed under it.</summary>
public sealed class KeyDestroyedException(Guid keyId) : SealingException($"Person key {keyId} was destroyed.");
