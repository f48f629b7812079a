namespace LeftBehind.EventLog;

/// <summary>Tables beside Marten's, applied once by the migration step.</summary>
public interface ISchemaPart
{
    /// <summary>Idempotent DDL for the service's schema.</summary>
    string Ddl(string schema);
}

/// <summary>A part given as a function.</summary>
public sealed class SchemaPart(Func<string, string> ddl) : ISchemaPart
{
    /// <inheritdoc/>
    public string Ddl(string schema) => ddl(schema);
}
