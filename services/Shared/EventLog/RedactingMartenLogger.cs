using Marten;
using Marten.Services;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace LeftBehind.EventLog;

/// <summary>Marten's default logger prints the parameters of a failed command, whole events included. This one names the kind of failure only.</summary>
public sealed class RedactingMartenLogger(ILogger log) : IMartenLogger, IMartenSessionLogger
{
    /// <inheritdoc/>
    public IMartenSessionLogger StartSession(IQuerySession session) => this;

    /// <inheritdoc/>
    public void SchemaChange(string sql) => log.LogInformation("Schema change of {Length} characters", sql.Length);

    /// <inheritdoc/>
    public void LogSuccess(NpgsqlCommand command) { }

    /// <inheritdoc/>
    public void LogSuccess(NpgsqlBatch batch) { }

    /// <inheritdoc/>
    public void LogFailure(NpgsqlCommand command, Exception ex) => LogFailure(ex, "A command failed");

    /// <inheritdoc/>
    public void LogFailure(NpgsqlBatch batch, Exception ex) => LogFailure(ex, "A batch of commands failed");

    /// <inheritdoc/>
    public void LogFailure(Exception ex, string message) =>
        log.LogError("Marten: {Error} {SqlState}", ex.GetType().Name, (ex as PostgresException ?? ex.InnerException as PostgresException)?.SqlState);

    /// <inheritdoc/>
    public void RecordSavedChanges(IDocumentSession session, IChangeSet commit) { }

    /// <inheritdoc/>
    public void OnBeforeExecute(NpgsqlCommand command) { }

    /// <inheritdoc/>
    public void OnBeforeExecute(NpgsqlBatch batch) { }
}
