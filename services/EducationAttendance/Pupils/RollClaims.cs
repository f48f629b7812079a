namespace LeftBehind.EducationAttendance.Pupils;

/// <summary>The roll's own flags of a pupil (学籍标注): claims that count in no figure and stay in the house; null is not told.</summary>
public sealed record RollClaims(bool? LeftBehind, bool? Disabled, bool? AccompaniesMigrants, bool? Hardship)
{
    /// <summary>What is told now, and where nothing is, what was told before.</summary>
    public RollClaims Over(RollClaims? before) => new(
        LeftBehind ?? before?.LeftBehind, Disabled ?? before?.Disabled, AccompaniesMigrants ?? before?.AccompaniesMigrants, Hardship ?? before?.Hardship);
}

/// <summary>Who approved a leave or a deferral (义务教育法 §11).</summary>
public enum Approver { TownGovernment = 1, CountyEducation = 2 }

/// <summary>Why a pupil left the roll.</summary>
public enum LeftReason { WentAbroad = 1, Died = 2, Withdrew = 3, DuplicateRecord = 4 }
