namespace LeftBehind.Contracts;

/// <summary>
/// Fixes the name under which a fact travels between services and is kept in their logs.
/// The name never changes; a new shape gets a new name.
/// </summary>
/// <param name="name">snake_case name, unique in the installation.</param>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public sealed class StoredNameAttribute(string name) : Attribute
{
    /// <summary>The stored name.</summary>
    public string Name { get; } = name;
}
