using LeftBehind.Contracts.Education;
using LeftBehind.Contracts.Registry;
using LeftBehind.EducationAttendance.Classes;
using LeftBehind.EventLog;
using LeftBehind.Sealing;

namespace LeftBehind.EducationAttendance.Pupils;

/// <summary>What deciders need of a pupil on the roll (学籍).</summary>
public sealed record Pupil(Guid Id) : IFolded<Pupil>
{
    public static string StreamType => "pupil";

    public static Pupil New(Guid id) => new(id);

    public bool Exists { get; init; }
    public PupilFacts Facts { get; init; } = new(EnrolmentState.Enrolled, default, Stage.NotCollected, null, Sex.NotCollected, null, null);
    public string SchoolNo { get; init; } = "";
    public ClassPlace? Class { get; init; }
    public RollClaims? Claims { get; init; }
    public Guid KeyId { get; init; }
    public string IdentityDigest { get; init; } = "";
    public Sealed? Details { get; init; }
    public Guid? BlindIndex { get; init; }
    /// <summary>Its personal data was erased: no identity is recorded anew.</summary>
    public bool Erased { get; init; }
    public Leave? Leave { get; init; }
    public LeftReason? LeftFor { get; init; }

    /// <summary>The school it was let go to, while that one has not received it.</summary>
    public string? GapTo { get; init; }

    /// <summary>It came to its school by a transfer.</summary>
    public bool WasReceived { get; init; }
    public string? DropoutCause { get; init; }

    /// <summary>The school year into which it was promoted last.</summary>
    public int? PromotedIn { get; init; }

    /// <summary>
    /// Facts with the day from which they count: the day they were told for, or that of before where state, school and stage are as they were. A new state of the
    /// roll is news to the register of dropouts too, which then follows.
    /// </summary>
    public PupilFacts From(DateOnly on, PupilFacts after) => after with
    {
        Since = Exists && (Facts.State, Facts.School, Facts.Stage) == (after.State, after.School, after.Stage) ? Facts.Since : on,
        Register = after.State == Facts.State ? after.Register : null,
    };

    public Pupil After(object @event)
    {
        var next = @event is IPupilEvent e ? this with { Exists = true, Facts = e.After, GapTo = e.After.State is EnrolmentState.RollGap ? GapTo : null } : this;
        if (@event is IToldIdentity enrolment)
            next = next with { Claims = enrolment.Claims ?? Claims, WasReceived = WasReceived && SchoolNo == enrolment.SchoolNo };
        return @event switch
        {
            IToldIdentity { Identity: { } identity } told =>
                next with { SchoolNo = told.SchoolNo, Class = told.Class, KeyId = identity.Details.KeyId, IdentityDigest = identity.Digest, Details = identity.Details, BlindIndex = identity.BlindIndex },
            IToldIdentity told => next with { SchoolNo = told.SchoolNo, Class = told.Class },
            PupilTransferred t => next with { WasReceived = true, SchoolNo = t.SchoolNo, Class = t.SchoolNo == SchoolNo ? Class : null },
            PupilPromoted p => next with { Class = p.Class, PromotedIn = p.SchoolYear },
            PupilWentOnLeave l => next with { Leave = new(l.ApprovalNo, l.Until, l.ApprovedBy) },
            EnrolmentDeferred d => next with { Leave = new(d.ApprovalNo, d.Until, d.ApprovedBy) },
            PupilLeft l => next with { LeftFor = l.Reason },
            PupilTransferAnnounced t => next with { GapTo = t.ToSchoolNo },
            PupilErased => next with { Erased = true, IdentityDigest = "", Details = null },
            PupilDroppedOut d => next with { DropoutCause = d.CauseCode },
            _ => next,
        };
    }
}

/// <summary>The leave (休学) or deferral (缓学) told last, with the document number of its approval.</summary>
public sealed record Leave(string ApprovalNo, DateOnly? Until, Approver? ApprovedBy = null);
