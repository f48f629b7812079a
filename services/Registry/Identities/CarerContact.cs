namespace LeftBehind.Registry.Identities;

/// <summary>A carer's name and phone, sealed under the child's key.</summary>
internal sealed record CarerContact(string Name, string Phone)
{
    /// <summary>Shows nothing.</summary>
    public override string ToString() => nameof(CarerContact);
}
