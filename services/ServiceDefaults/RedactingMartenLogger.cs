using Marten;
using Marten.Services;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace LeftBehind.ServiceDefaults;

/// <summary>Marten's default logger prints the parameters of a failed command, whole events included. This one names the kind of failure only.</summary>
internal sealed class RedactingMartenLogger(ILogger log) : IMartenLogger, IMartenSessionLogger
{
    public IMartenSessionLogger StartSession(IQuerySession session) => this;

    public void SchemaChange(string sql) => log.LogInformation("Schema change of {Length} characters", sql.Length);

    public void LogSuccess(NpgsqlCommand command) { }

    public void LogSuccess(NpgsqlBatch batch) { }

    public void LogFailure(NpgsqlCommand command, Exception ex) => LogFailure(ex, "A command failed");

    public void LogFailure(NpgsqlBatch batch, Exception ex) => LogFailure(ex, "A batch of commands failed");

    public void LogFailure(Exception ex, string message) =>
        log.LogError("Marten: {Error} {SqlState}", ex.GetType().Name, (ex as PostgresException ?? ex.InnerException as PostgresException)?.SqlState);

    public void RecordSavedChanges(IDocumentSession session, IChangeSet commit) { }

    public void OnBeforeExecute(NpgsqlCommand command) { }

    public void OnBeforeExecute(NpgsqlBatch batch) { }
}
